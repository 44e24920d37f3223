import { statSync } from 'node:fs';
import { installed } from '../../../launchd/installed-paths.ts';
import { below } from '../../mac/sysroot.ts';
import { type Check, couldNotRun, fail, type Outcome, pass } from '../check.ts';

const again = 'Install the package again: sudo installer -pkg psso-monitor-VERSION.pkg -target /';
const needed = [installed.launchAgent, installed.node, installed.entry] as const;

/** Whether the files of the package exist, belong to root, and only root can change them. */
export const installation: Check = {
  id: 'installation',
  group: 'agent',
  async run({ sysroot, onMac }) {
    if (!onMac)
      return [couldNotRun('This is not a Mac, so nothing is installed; --sysroot chooses a simulated Mac.')];
    const files = needed.map((path) => ({
      path,
      stat: statSync(below(sysroot, path), { throwIfNoEntry: false }),
    }));
    const missing = files.filter(({ stat }) => stat === undefined);
    if (missing.length === needed.length)
      return [
        couldNotRun(
          'The package is not installed on this Mac; this program runs from another place.',
          'To watch every user, install the package that this command builds: npm run build:pkg',
        ),
      ];
    if (missing.length > 0) return missing.map(({ path }) => fail(`${path} is missing.`, again));
    const outcomes: Outcome[] = [];
    for (const { path, stat } of files) {
      // The files of a simulated Mac do not belong to root.
      const foreign = sysroot === null && stat?.uid !== 0;
      if (foreign || ((stat?.mode ?? 0) & 0o022) !== 0)
        outcomes.push(fail(`${path} can be changed by others than root, so launchd may refuse it.`, again));
    }
    return outcomes.length > 0 ? outcomes : [pass('The package is installed, and only root can change it.')];
  },
};
