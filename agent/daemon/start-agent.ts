// daemon/: the resident agent: instance lock, run loop, poll cycle, daily maintenance, log, self-watch.
// `startAgent` is what the LaunchAgent runs.

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
import { clearPartialFiles } from '../store/clear-partial-files.ts';
import { acquireInstanceLock, type HeldLock, lockPath } from '../store/instance-lock.ts';
import type { AgentActivity } from './agent-dependencies.ts';
import { backOffDelay } from './crash-back-off.ts';
import { runLoop } from './run-loop.ts';
import { type OwnUseLimits, ownUseLimits } from './self-watch/limits.ts';
import type { SelfRestart } from './self-watch/self-watch.ts';

export interface RunOptions {
  readonly global: GlobalOptions;
  /** The value of `--every`, not yet validated. */
  readonly every: string | undefined;
  /** Called once the agent starts to poll: the reader of its activity, such as a terminal. */
  readonly watch?: () => (what: AgentActivity) => void;
}

/**
 * Acquires the instance lock, waits out a crash back-off, then runs the loop (run-loop.ts), which composes
 * the agent (compose-agent.ts) and polls until SIGTERM, SIGINT or SIGHUP, or until the agent is over a limit
 * of its own use. Throws UsageError, ProblemError and StoreError.
 */
export async function startAgent(
  options: RunOptions,
  limits: OwnUseLimits = ownUseLimits,
): Promise<ExitStatus> {
  const { global } = options;
  const every = everyOf(options.every);
  refuseRoot(global, 'run');
  const paths = pathsOf(global);
  const lock = lockOrThrow(paths.dataDir);
  clearPartialFiles(paths.dataDir);
  const stopRequested = stopOnSignals();

  const wait = backOffDelay(lock.quickDeaths);
  if (wait > 0 && !(await waitedOut(wait, { lock, logFile: paths.log, stop: stopRequested.promise })))
    return exitStatus.done;

  const who = sessionUserOf(global);
  const runner = new SystemRunner({ sysroot: global.sysroot ?? null, home: who.home, user: who.name });
  try {
    const watch = options.watch?.();
    return await runLoop({ global, every, lock, limits, runner, stopRequested, watch });
  } finally {
    runner.stopAll();
  }
}

/** Throws ProblemError when the lock of this data folder is held, by another agent or another program. */
function lockOrThrow(dataDir: string): HeldLock {
  const lock = acquireInstanceLock(dataDir, systemClock.now(), version, { startsWithoutLock: true });
  if (lock.ok) return lock;
  const { holder } = lock;
  if (holder !== null) {
    const who = `process ${holder.pid}, since ${holder.startedAt}`;
    throw new ProblemError(`another agent is already running for this user (${who}); this one stops.`);
  }
  // SQLite answers both with SQLITE_BUSY.
  const reasons = 'another program locks it, or its volume locks no files';
  throw new ProblemError(`${lockPath(dataDir)} can't be locked: ${reasons}; this agent stops.`);
}

/** Resolves with the name of the first signal, or, by self-watch, with the reason of a restart. */
function stopOnSignals(): PromiseWithResolvers<string | SelfRestart> {
  const stopRequested = Promise.withResolvers<string | SelfRestart>();
  onStopSignal(stopRequested.resolve);
  return stopRequested;
}

/** Waits out the crash back-off. False: a signal came meanwhile, and the lock is released. */
async function waitedOut(
  wait: number,
  { lock, logFile, stop }: { lock: HeldLock; logFile: string; stop: Promise<unknown> },
): Promise<boolean> {
  const { createLog } = await import('./log.ts');
  const until = systemClock.now() + wait;
  const message =
    `${lock.quickDeaths} runs in a row ended soon after their start; ` +
    `this one starts to poll at ${toIso(until)}.`;
  const log = createLog({ file: logFile, level: 'warn', onProblem: () => {} });
  log.warn({ quickDeaths: lock.quickDeaths }, message);
  process.stderr.write(`psso-monitor: ${message}\n`);
  // After the log line, so a reader of the run record finds the reason in the log.
  lock.wait(until);
  let timer: NodeJS.Timeout | undefined;
  const stopped = await Promise.race([
    stop.then(() => true),
    // Sleep can lengthen the wait. The time awake is never longer than the wait.
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
