import { assemble } from './assemble.ts';
import { type ExitStatus, exitStatus, type GlobalOptions } from './commands/command.ts';
import { startSchedule } from './cron-schedule.ts';
import { memoryKeeper } from './let-go.ts';
import type { SystemRunner } from './mac/system-runner.ts';
import { createObserver } from './observe/observe.ts';
import type { OwnUseLimits } from './self-watch/limits.ts';
import { processMeter } from './self-watch/process-meter.ts';
import { type SelfRestart, SelfWatch } from './self-watch/self-watch.ts';
import type { HeldLock } from './store/instance-lock.ts';
import { systemClock } from './types/clock.ts';
import { type EpochMs, second } from './types/time.ts';
import { version } from './version.ts';

export interface Work {
  readonly global: GlobalOptions;
  /** Seconds between looks instead of the settings'; null: as set. */
  readonly every: number | null;
  readonly lock: HeldLock;
  readonly limits: OwnUseLimits;
  /** What answers the first look's commands, and since when. */
  readonly begun: { readonly runner: SystemRunner; readonly at: EpochMs };
  /** A signal's name, or why the agent restarts itself. */
  readonly stopRequested: PromiseWithResolvers<string | SelfRestart>;
}

/** launchd sends SIGKILL after its ExitTimeOut; a look that has not ended by then is given up long before. */
const patienceAtStop = second;
/** How old an answer may be that the first look goes by. The Mac can fall asleep at any time. */
const recent = 10 * second;
/** A first look that takes long must not keep the log waiting. */
const logAtLatestAfter = second;

/** Looks at the Mac until told to stop. Throws StoreError at its start. */
export async function atWork(work: Work): Promise<ExitStatus> {
  const { global, every, lock, limits, begun, stopRequested } = work;
  const { runner } = begun;
  const { agent, store, log, pollIntervalSeconds, beforeStart } = await assemble(global, {
    lock,
    observer: createObserver,
    every,
    runner,
  });
  agent.start(beforeStart, pollIntervalSeconds);
  log.info({ version, pollIntervalSeconds }, 'Started.');

  async function endAnew(error: unknown, said: string): Promise<never> {
    log.error({ err: error }, `${said}; the agent ends and launchd starts it anew.`);
    await log.open();
    process.exit(exitStatus.problem);
  }
  process.once('uncaughtException', (error) => void endAnew(error, 'Unexpected error'));
  const patience = setTimeout(() => void log.open(), logAtLatestAfter);

  const selfWatch = new SelfWatch({ meter: processMeter(store), clock: systemClock, lock, log, limits });
  const letGo = memoryKeeper();
  if (systemClock.now() - begun.at > recent) runner.forgetBegun();
  const schedule = startSchedule({
    clock: systemClock,
    look: async () => {
      try {
        selfWatch.lookBegins();
        const result = await agent.cycle();
        // What this look did not ask for is old by the next one.
        runner.forgetBegun();
        const restart = selfWatch.lookEnded(result?.detected.passage ?? null);
        if (restart !== null) stopRequested.resolve(restart);
        clearTimeout(patience);
        await log.open();
        letGo();
        return result?.nextIn ?? null;
      } catch (error) {
        // Never limp on: launchd starts the agent anew, and what can be mended is mended then.
        return await endAnew(error, 'A look at the Mac failed');
      }
    },
    usualInterval: pollIntervalSeconds * second,
  });

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
  await log.open();
  // A child that ignores SIGTERM must not keep the agent waiting: everything is written. launchd starts it anew after either
  // status; a job whose KeepAlive an admin has narrowed to SuccessfulExit=false only after one that is not 0.
  process.exit(asked ? exitStatus.done : exitStatus.problem);
}
