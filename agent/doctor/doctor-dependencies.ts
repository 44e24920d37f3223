import { loadContext } from '../settings/load-context.ts';
import { systemClock } from '../shared/clock.ts';
import type { GlobalOptions } from '../shared/global-options.ts';
import { version } from '../shared/version.ts';
import type { CheckDependencies } from './check.ts';

/** Composes the dependencies of the checks for this machine or a simulated Mac. */
export async function doctorDependencies(global: GlobalOptions): Promise<CheckDependencies> {
  const context = await loadContext(global);
  return {
    ...context,
    clock: systemClock,
    onMac: process.platform === 'darwin' || context.sysroot !== null,
    uid: process.getuid?.() ?? -1,
    version,
  };
}
