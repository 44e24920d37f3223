import { SystemFiles } from '../mac/system-files.ts';
import { SystemRunner } from '../mac/system-runner.ts';
import { createSettingsReader } from '../settings/read-settings.ts';
import { userFileAt } from '../settings/user-file.ts';
import { systemClock } from '../shared/clock.ts';
import type { GlobalOptions } from '../shared/global-options.ts';
import { pathsOf } from '../shared/paths.ts';
import { sessionUserOf } from '../shared/session-user.ts';
import { version } from '../shared/version.ts';
import type { CheckDependencies } from './check.ts';

/** Composes the dependencies of the checks for this machine or a simulated Mac. */
export async function doctorDependencies(global: GlobalOptions): Promise<CheckDependencies> {
  const paths = pathsOf(global);
  const who = sessionUserOf(global);
  const sysroot = global.sysroot ?? null;
  const files = new SystemFiles(sysroot);
  const userFile = userFileAt(paths.settings);
  return {
    runner: new SystemRunner({ sysroot, home: who.home, user: who.name }),
    files,
    who,
    clock: systemClock,
    paths,
    settings: await createSettingsReader({ files, who, userFile })(),
    sysroot,
    onMac: process.platform === 'darwin' || sysroot !== null,
    uid: process.getuid?.() ?? -1,
    version,
  };
}
