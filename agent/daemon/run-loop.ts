import type { SystemRunner } from '../mac/system-runner.ts';
import { createObserver } from '../observe/observe.ts';
import { systemClock } from '../shared/clock.ts';
import { type ExitStatus, exitStatus } from '../shared/exit-status.ts';
import type { GlobalOptions } from '../shared/global-options.ts';
import { fromIso, second, toIso } from '../shared/time.ts';
import { systemTimers } from '../shared/timers.ts';
import { version } from '../shared/version.ts';
import type { HeldLock } from '../store/instance-lock.ts';
import { garbageCollector } from './collect-garbage.ts';
import { composeAgent } from './compose-agent.ts';
import { DailyMaintenance } from './daily-maintenance.ts';
import type { MaintenanceCalendar } from './maintenance-calendar.ts';
import { startPolling } from './poll-schedule.ts';
import type { OwnUseLimits } from './self-watch/limits.ts';
import { processMeter } from './self-watch/process-meter.ts';
import { type SelfRestart, SelfWatch } from './self-watch/self-watch.ts';

export interface RunLoopOptions {
  readonly global: GlobalOptions;
  /** Seconds between looks instead of the settings'; null: as set. */
  readonly every: number | null;
  readonly lock: HeldLock;
  readonly limits: OwnUseLimits;
  readonly runner: SystemRunner;
  /** A signal's name, or why the agent restarts itself. */
  readonly stopRequested: PromiseWithResolvers<string | SelfRestart>;
}

/** launchd sends SIGKILL after its ExitTimeOut; a look that has not ended by then is given up long before. */
const stopTimeout = second;
/** Looks at the Mac until told to stop. Throws StoreError at its start. */
export async function runLoop(work: RunLoopOptions): Promise<ExitStatus> {
  const { global, every, lock, limits, runner, stopRequested } = work;
  const { agent, store, log, pollIntervalSeconds, retentionDays, beforeStart } = await composeAgent(global, {
    lock,
    observer: createObserver,
    every,
    runner,
  });
  agent.start(beforeStart, pollIntervalSeconds);
  log.info({ version, pollIntervalSeconds }, 'Started.');

  function endAnew(error: unknown, said: string): never {
    log.error({ err: error }, `${said}; the agent ends, and launchd starts it again.`);
    process.exit(exitStatus.problem);
  }
  process.once('uncaughtException', (error) => endAnew(error, 'Unexpected error'));

  const selfWatch = new SelfWatch({ meter: processMeter(store), clock: systemClock, lock, log, limits });
  const collectGarbage = garbageCollector();
  const maintenance = new DailyMaintenance({
    clock: systemClock,
    ...{ store, log, retentionDays },
    ownUse: () => selfWatch.latest,
    lastRunAt: lock.maintainedAt === null ? null : fromIso(lock.maintainedAt),
    keep: (at) => lock.note({ maintainedAt: toIso(at) }),
  });
  let calendar: MaintenanceCalendar | null = null;
  const schedule = startPolling({
    clock: systemClock,
    timers: systemTimers,
    poll: async () => {
      try {
        selfWatch.pollBegins();
        const result = await agent.poll();
        const elapsedTime = result?.detected.elapsedTime ?? null;
        const restart = selfWatch.pollEnded(elapsedTime);
        if (restart !== null) stopRequested.resolve(restart);
        maintenance.afterPoll(elapsedTime);
        // After the first poll, which need not wait for the calendar's code.
        if (calendar === null) {
          const { startMaintenanceCalendar } = await import('./maintenance-calendar.ts');
          calendar = startMaintenanceCalendar({ due: () => maintenance.request(), log });
        } else if (elapsedTime !== null && elapsedTime.clockShift !== 0) calendar.replan();
        collectGarbage();
        return result?.nextPollIn ?? null;
      } catch (error) {
        // Never limp on: launchd starts the agent anew, and what can be mended is mended then.
        return endAnew(error, 'A poll failed');
      }
    },
    usualInterval: pollIntervalSeconds * second,
  });

  const ending = await stopRequested.promise;
  agent.beginStop();
  runner.stopAll();
  await Promise.race([schedule.stop(), new Promise((resolve) => setTimeout(resolve, stopTimeout).unref())]);
  agent.finish(ending);
  const bySignal = typeof ending === 'string';
  log.info(bySignal ? { signal: ending } : { because: ending.because }, 'Stopped.');
  // A child that ignores SIGTERM must not keep the agent waiting: everything is written. launchd starts it anew after either
  // status; a job whose KeepAlive an admin has narrowed to SuccessfulExit=false only after one that is not 0.
  process.exit(bySignal ? exitStatus.done : exitStatus.problem);
}
