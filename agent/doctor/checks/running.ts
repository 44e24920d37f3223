import { localTime } from '../../shared/local-time.ts';
import { readRunFile, runningAgent } from '../../store/run-file.ts';
import { type Check, fail, type Outcome, pass, warn } from '../check.ts';

/** From how many quick deaths on there is a pattern; see agent/daemon/crash-back-off.ts. */
const pattern = 3;

/** Whether an agent of this user is alive, is the version that is installed, and does not die again and again. */
export const running: Check = {
  id: 'running',
  group: 'agent',
  async run({ paths, version }) {
    const log = `See why: tail -n 20 "${paths.log}"`;
    const run = runningAgent(paths.dataDir);
    const last = readRunFile(paths.dataDir);
    if (run === null) {
      if (last === null)
        return [
          fail(
            'No agent has ever run for this user.',
            'It starts at the login; here and now: psso-monitor run',
          ),
        ];
      return [
        last.cleanStop
          ? fail(
              'The agent is not running; it was stopped in order.',
              'launchd starts it at the next login; here and now: psso-monitor run',
            )
          : fail('The agent is not running, and did not stop in order.', log),
      ];
    }
    const outcomes: Outcome[] = [];
    if (run.waitsUntil !== null)
      outcomes.push(
        fail(
          `The agent ended soon after its start ${run.quickDeaths} times in a row. It waits until ${localTime(run.waitsUntil)} before it tries again.`,
          log,
        ),
      );
    else {
      outcomes.push(pass(`The agent is running (process ${run.pid}, since ${localTime(run.startedAt)}).`));
      if (run.quickDeaths >= pattern)
        outcomes.push(warn(`Before this run, ${run.quickDeaths} ended soon after their start.`, log));
    }
    if (run.version !== version)
      outcomes.push(
        warn(
          `The agent that runs is ${run.version}, this program is ${version}.`,
          'It changes at the next login, or at once: launchctl kickstart -k gui/$UID/io.github.psso-monitor.agent',
        ),
      );
    return outcomes;
  },
};
