import { SystemRunner } from '../mac/system-runner.ts';
import { systemClock } from '../shared/clock.ts';
import { ProblemError, UsageError } from '../shared/errors.ts';
import { type ExitStatus, exitStatus } from '../shared/exit-status.ts';
import type { GlobalOptions } from '../shared/global-options.ts';
import { pathsOf } from '../shared/paths.ts';
import { refuseRoot } from '../shared/refuse-root.ts';
import { sessionUserOf } from '../shared/session-user.ts';
import { onStopSignal } from '../shared/stop-signals.ts';
import { toIso } from '../shared/time.ts';
import { version } from '../shared/version.ts';
import { acquireInstanceLock, type HeldLock } from '../store/instance-lock.ts';
import { backOffDelay } from './crash-back-off.ts';
import { runLoop } from './run-loop.ts';
import { type OwnUseLimits, ownUseLimits } from './self-watch/limits.ts';
import type { SelfRestart } from './self-watch/self-watch.ts';

export interface RunOptions {
  readonly global: GlobalOptions;
  /** What was given to `--every`, unchecked. */
  readonly every: string | undefined;
}

/**
 * The agent itself: watches until SIGTERM, SIGINT or SIGHUP, or until it is over its own limits. Throws UsageError, ProblemError
 * and StoreError at its start.
 */
export async function startAgent(
  options: RunOptions,
  limits: OwnUseLimits = ownUseLimits,
): Promise<ExitStatus> {
  const { global } = options;
  const every = everyOf(options.every);
  refuseRoot(global, 'run');
  const paths = pathsOf(global);
  const lock = acquireInstanceLock(paths.dataDir, systemClock.now(), version);
  if (!lock.ok) {
    const { holder } = lock;
    const who = holder === null ? '' : ` (process ${holder.pid}, since ${holder.startedAt})`;
    throw new ProblemError(`another agent is already running for this user${who}; this one stops.`);
  }
  /** A signal's name, or why it restarts itself. */
  const stopRequested = Promise.withResolvers<string | SelfRestart>();
  onStopSignal(stopRequested.resolve);

  const wait = backOffDelay(lock.quickDeaths);
  if (wait > 0 && !(await waitedOut(wait, { lock, logFile: paths.log, stop: stopRequested.promise })))
    return exitStatus.done;

  const who = sessionUserOf(global);
  const runner = new SystemRunner({ sysroot: global.sysroot ?? null, home: who.home, user: who.name });
  try {
    return await runLoop({ global, every, lock, limits, runner, stopRequested });
  } finally {
    runner.stopAll();
  }
}

/** Waits out a crash loop. False: the agent was told to stop meanwhile, and has. */
async function waitedOut(
  wait: number,
  { lock, logFile, stop }: { lock: HeldLock; logFile: string; stop: Promise<unknown> },
): Promise<boolean> {
  const { createLog } = await import('./log.ts');
  const until = systemClock.now() + wait;
  const said = `${lock.quickDeaths} runs in a row ended soon after their start; this one starts to poll at ${toIso(until)}.`;
  const log = createLog({ file: logFile, level: 'warn', onProblem: () => {} });
  log.warn({ quickDeaths: lock.quickDeaths }, said);
  process.stderr.write(`psso-monitor: ${said}\n`);
  // Whoever reads of the wait finds the log saying why.
  lock.wait(until);
  let timer: NodeJS.Timeout | undefined;
  const stopped = await Promise.race([
    stop.then(() => true),
    // A wait that spans a sleep is over no later than the wait itself, in time awake.
    new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), wait);
    }),
  ]);
  clearTimeout(timer);
  if (stopped) lock.release();
  else lock.begin(systemClock.now());
  return !stopped;
}

function everyOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const seconds = Number(text);
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 3600) {
    throw new UsageError(`--every takes whole seconds from 1 to 3600, not "${text}".`);
  }
  return seconds;
}
