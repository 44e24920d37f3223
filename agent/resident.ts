import { setTimeout as sleep } from 'node:timers/promises';
import { assemble } from './assemble.ts';
import { waitAfter } from './back-off.ts';
import { type ExitStatus, exitStatus, ProblemError, UsageError } from './commands/command.ts';
import { startSchedule } from './cron-schedule.ts';
import { createLog } from './log.ts';
import { pathsOf } from './paths.ts';
import type { ResidentOptions } from './resident-arguments.ts';
import { acquireInstanceLock, type HeldLock } from './store/instance-lock.ts';
import { systemClock } from './types/clock.ts';
import { second, toIso } from './types/time.ts';
import { version } from './version.ts';

/** launchd sends SIGKILL after its ExitTimeOut; a look that has not ended by then is given up long before. */
const patienceAtStop = second;

/** The agent itself: watches until SIGTERM, SIGINT or SIGHUP. Throws UsageError, ProblemError and StoreError at its start. */
export async function resident(options: ResidentOptions): Promise<ExitStatus> {
  const { global } = options;
  const every = everyOf(options.every);
  const paths = pathsOf(global);
  const lock = acquireInstanceLock(paths.dataDir, systemClock.now(), version);
  if (!lock.ok) {
    const { holder } = lock;
    const who = holder === null ? '' : ` (process ${holder.pid}, since ${holder.startedAt})`;
    throw new ProblemError(`another agent is already running for this user${who}; this one stops.`);
  }
  const stopRequested = Promise.withResolvers<string>();
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    process.once(signal, () => stopRequested.resolve(signal));

  const wait = waitAfter(lock.quickDeaths);
  if (wait > 0 && !(await waited(wait, { lock, logFile: paths.log, stop: stopRequested.promise })))
    return exitStatus.done;

  const { agent, runner, log, pollIntervalSeconds, beforeStart } = await assemble(global, {
    lock,
    every,
  });
  agent.start(beforeStart, pollIntervalSeconds);
  log.info({ version, pollIntervalSeconds }, 'Started.');

  process.once('uncaughtException', (error) => {
    log.error({ err: error }, 'Unexpected error; the agent ends and launchd starts it anew.');
    process.exit(exitStatus.problem);
  });

  const schedule = startSchedule({
    clock: systemClock,
    look: async () => {
      try {
        return (await agent.cycle())?.nextIn ?? null;
      } catch (error) {
        // Never limp on: launchd starts the agent anew, and what can be mended is mended then.
        log.error({ err: error }, 'A look at the Mac failed; the agent ends and launchd starts it anew.');
        process.exit(exitStatus.problem);
      }
    },
    usualInterval: pollIntervalSeconds * second,
  });
  void schedule.lookNow();

  const signal = await stopRequested.promise;
  agent.beginStop();
  runner.stopAll();
  await Promise.race([
    schedule.stop(),
    new Promise((resolve) => setTimeout(resolve, patienceAtStop).unref()),
  ]);
  agent.finish(signal);
  log.info({ signal }, 'Stopped.');
  // A child that ignores SIGTERM must not keep the agent waiting: everything is written.
  process.exit(exitStatus.done);
}

/** Waits out a crash loop. False: the agent was told to stop meanwhile, and has. */
async function waited(
  wait: number,
  { lock, logFile, stop }: { lock: HeldLock; logFile: string; stop: Promise<string> },
): Promise<boolean> {
  const until = systemClock.now() + wait;
  lock.wait(until);
  const said = `${lock.quickDeaths} runs in a row ended soon after their start; this one begins to look at ${toIso(until)}.`;
  createLog({ file: logFile, level: 'warn' }).log.warn({ quickDeaths: lock.quickDeaths }, said);
  process.stderr.write(`psso-monitor: ${said}\n`);
  const ended = new AbortController();
  const stopped = await Promise.race([
    stop.then(() => true),
    // A wait that spans a sleep is over no later than the wait itself, in time awake.
    sleep(wait, false, { signal: ended.signal }),
  ]);
  ended.abort();
  if (stopped) lock.release(systemClock.now());
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
