import type { SystemRunner } from '../mac/system-runner.ts';
import { createObserver } from '../observe/observe.ts';
import { systemClock } from '../shared/clock.ts';
import { type ExitStatus, exitStatus } from '../shared/exit-status.ts';
import type { GlobalOptions } from '../shared/global-options.ts';
import { instantOrNull, second, toIso } from '../shared/time.ts';
import { systemTimers } from '../shared/timers.ts';
import { version } from '../shared/version.ts';
import type { HeldLock } from '../store/instance-lock.ts';
import type { AgentActivity } from './agent-dependencies.ts';
import { garbageCollector } from './collect-garbage.ts';
import { composeAgent } from './compose-agent.ts';
import { DailyMaintenance } from './daily-maintenance.ts';
import type { MaintenanceCalendar } from './maintenance-calendar.ts';
import { optionalStep } from './optional-step.ts';
import { startPolling } from './poll-schedule.ts';
import type { OwnUseLimits } from './self-watch/limits.ts';
import { processMeter } from './self-watch/process-meter.ts';
import { type SelfRestart, SelfWatch } from './self-watch/self-watch.ts';

export interface RunLoopOptions {
  readonly global: GlobalOptions;
  /** Seconds between polls instead of the settings'; null: as set. */
  readonly every: number | null;
  readonly lock: HeldLock;
  readonly limits: OwnUseLimits;
  readonly runner: SystemRunner;
  readonly watch: ((what: AgentActivity) => void) | undefined;
  /** The name of a signal, or why the agent restarts itself. */
  readonly stopRequested: PromiseWithResolvers<string | SelfRestart>;
}

/**
 * How long a stop waits for a poll under way: far shorter than launchd's ExitTimeOut, after which it sends
 * SIGKILL.
 */
const stopTimeout = second;

/** Composes the agent and polls until a stop is requested. Throws StoreError before the first poll. */
export async function runLoop(work: RunLoopOptions): Promise<ExitStatus> {
  const { global, every, lock, limits, runner, stopRequested, watch } = work;
  const { agent, store, log, pollIntervalSeconds, retentionDays, beforeStart, readPower } =
    await composeAgent(global, {
      lock,
      observer: createObserver,
      every,
      runner,
      startsWithoutDatabase: true,
      ...(watch === undefined ? {} : { watch }),
    });
  // A stop does not wait for a command that hangs.
  const power = await Promise.race([readPower(), stopRequested.promise.then(() => null)]);
  agent.start({ events: beforeStart, power }, pollIntervalSeconds);
  log.info({ version, pollIntervalSeconds }, 'Started.');

  // An unexpected error ends the process. The next start repairs what it can, such as a database that moved.
  function exitForRestart(error: unknown, what: string): never {
    log.error({ err: error }, `${what}; the agent ends, and launchd starts it again.`);
    process.exit(exitStatus.problem);
  }
  process.once('uncaughtException', (error) => exitForRestart(error, 'Unexpected error'));

  const selfWatch = new SelfWatch({ meter: processMeter(store), clock: systemClock, lock, log, limits });
  const collectGarbage = garbageCollector();
  const maintenance = new DailyMaintenance({
    clock: systemClock,
    store,
    log,
    retentionDays,
    ownUse: () => selfWatch.latest,
    lastRunAt: instantOrNull(lock.maintainedAt),
    keep: (at) => lock.note({ maintainedAt: toIso(at) }),
  });
  let calendar: MaintenanceCalendar | null = null;
  let unwritten: string | null = null;
  /** Notes in the run record which events wait, for who reads the history meanwhile. */
  function noteUnwritten(): void {
    const since = agent.unwritten?.since ?? null;
    if (since === unwritten) return;
    optionalStep(log, { what: 'The record of unwritten events', next: 'the next poll tries again' }, () => {
      lock.note({ unwritten: agent.unwritten });
      unwritten = since;
    });
  }
  async function pollOnce(): Promise<number | null> {
    if (lock.verify().kind === 'taken') exitForRestart(null, 'Another agent runs for this user');
    selfWatch.pollBegins();
    const result = await agent.poll();
    noteUnwritten();
    const elapsedTime = result?.detected.elapsedTime ?? null;
    const restart = selfWatch.pollEnded(elapsedTime);
    if (restart !== null) stopRequested.resolve(restart);
    maintenance.afterPoll(elapsedTime);
    // Loaded after the first poll, which needs no calendar.
    if (calendar === null) {
      const { startMaintenanceCalendar } = await import('./maintenance-calendar.ts');
      calendar = startMaintenanceCalendar({ due: () => maintenance.request(), log });
    } else if (elapsedTime !== null && elapsedTime.clockShift !== 0) calendar.replan();
    collectGarbage();
    return result?.nextPollIn ?? null;
  }
  const schedule = startPolling({
    clock: systemClock,
    timers: systemTimers,
    poll: () => pollOnce().catch((error: unknown) => exitForRestart(error, 'A poll failed')),
    usualInterval: pollIntervalSeconds * second,
  });

  const ending = await stopRequested.promise;
  agent.beginStop();
  runner.stopAll();
  await Promise.race([schedule.stop(), new Promise((resolve) => setTimeout(resolve, stopTimeout).unref())]);
  agent.finish(ending);
  const bySignal = typeof ending === 'string';
  log.info(bySignal ? { signal: ending } : { because: ending.because }, 'Stopped.');
  // Exits without waiting for a child that ignores SIGTERM. launchd restarts the agent after either status;
  // with KeepAlive narrowed to SuccessfulExit=false only after one that is not 0, so a restart exits with
  // `problem`.
  process.exit(bySignal ? exitStatus.done : exitStatus.problem);
}
