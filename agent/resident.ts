import { assemble } from './assemble.ts';
import { waitAfter } from './back-off.ts';
import {
  type ExitStatus,
  exitStatus,
  type GlobalOptions,
  ProblemError,
  UsageError,
} from './commands/command.ts';
import { startSchedule } from './cron-schedule.ts';
import { memoryKeeper } from './let-go.ts';
import { createLog } from './log.ts';
import { pathsOf } from './paths.ts';
import { type OwnUseLimits, ownUseLimits } from './self-watch/limits.ts';
import { processMeter } from './self-watch/process-meter.ts';
import { type SelfRestart, SelfWatch } from './self-watch/self-watch.ts';
import { acquireInstanceLock, type HeldLock } from './store/instance-lock.ts';
import { systemClock } from './types/clock.ts';
import { second, toIso } from './types/time.ts';
import { version } from './version.ts';
import { refuseSomebodyElses } from './whose-folder.ts';

export interface ResidentOptions {
  readonly global: GlobalOptions;
  /** What was given to `--every`, unchecked. */
  readonly every: string | undefined;
}

/** launchd sends SIGKILL after its ExitTimeOut; a look that has not ended by then is given up long before. */
const patienceAtStop = second;

/**
 * The agent itself: watches until SIGTERM, SIGINT or SIGHUP, or until it is over its own limits. Throws UsageError, ProblemError
 * and StoreError at its start.
 */
export async function resident(
  options: ResidentOptions,
  limits: OwnUseLimits = ownUseLimits,
): Promise<ExitStatus> {
  const { global } = options;
  const every = everyOf(options.every);
  refuseSomebodyElses(global, 'run');
  const paths = pathsOf(global);
  const lock = acquireInstanceLock(paths.dataDir, systemClock.now(), version);
  if (!lock.ok) {
    const { holder } = lock;
    const who = holder === null ? '' : ` (process ${holder.pid}, since ${holder.startedAt})`;
    throw new ProblemError(`another agent is already running for this user${who}; this one stops.`);
  }
  /** A signal's name, or why it restarts itself. */
  const stopRequested = Promise.withResolvers<string | SelfRestart>();
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    process.once(signal, () => stopRequested.resolve(signal));

  const wait = waitAfter(lock.quickDeaths);
  if (wait > 0 && !(await waited(wait, { lock, logFile: paths.log, stop: stopRequested.promise })))
    return exitStatus.done;

  const { agent, store, runner, log, pollIntervalSeconds, beforeStart } = await assemble(global, {
    lock,
    every,
  });
  agent.start(beforeStart, pollIntervalSeconds);
  log.info({ version, pollIntervalSeconds }, 'Started.');

  process.once('uncaughtException', (error) => {
    log.error({ err: error }, 'Unexpected error; the agent ends and launchd starts it anew.');
    process.exit(exitStatus.problem);
  });

  const selfWatch = new SelfWatch({ meter: processMeter(store), clock: systemClock, lock, log, limits });
  const letGo = memoryKeeper();
  const schedule = startSchedule({
    clock: systemClock,
    look: async () => {
      try {
        selfWatch.lookBegins();
        const result = await agent.cycle();
        const restart = selfWatch.lookEnded(result?.detected.passage ?? null);
        if (restart !== null) stopRequested.resolve(restart);
        letGo();
        return result?.nextIn ?? null;
      } catch (error) {
        // Never limp on: launchd starts the agent anew, and what can be mended is mended then.
        log.error({ err: error }, 'A look at the Mac failed; the agent ends and launchd starts it anew.');
        process.exit(exitStatus.problem);
      }
    },
    usualInterval: pollIntervalSeconds * second,
  });
  void schedule.lookNow();

  const ending = await stopRequested.promise;
  agent.beginStop();
  runner.stopAll();
  await Promise.race([
    schedule.stop(),
    new Promise((resolve) => setTimeout(resolve, patienceAtStop).unref()),
  ]);
  agent.finish(ending);
  const asked = typeof ending === 'string';
  log.info(asked ? { signal: ending } : { because: ending.because }, 'Stopped.');
  // A child that ignores SIGTERM must not keep the agent waiting: everything is written. launchd starts it anew after either
  // status; a job whose KeepAlive an admin has narrowed to SuccessfulExit=false only after one that is not 0.
  process.exit(asked ? exitStatus.done : exitStatus.problem);
}

/** Waits out a crash loop. False: the agent was told to stop meanwhile, and has. */
async function waited(
  wait: number,
  { lock, logFile, stop }: { lock: HeldLock; logFile: string; stop: Promise<unknown> },
): Promise<boolean> {
  const until = systemClock.now() + wait;
  lock.wait(until);
  const said = `${lock.quickDeaths} runs in a row ended soon after their start; this one begins to look at ${toIso(until)}.`;
  createLog({ file: logFile, level: 'warn' }).log.warn({ quickDeaths: lock.quickDeaths }, said);
  process.stderr.write(`psso-monitor: ${said}\n`);
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
