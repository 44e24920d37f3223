import { type ScheduledTask, schedule } from 'node-cron';
import type { AgentLog } from './log.ts';

/** Once a day, at a time at which most Macs are in use. Local time. */
const daily = '30 12 * * *';
/**
 * A Mac that wakes in the afternoon still runs that day's maintenance. After an older miss, a poll runs it.
 */
const toleranceMilliseconds = 6 * 60 * 60 * 1000;

export interface MaintenanceCalendar {
  /** Plans the next time by the present clock. Call it after a clock change. */
  replan(): void;
  stop(): void;
}

/** Calls `due` once a day. The library's messages go to the agent's log, not to standard output. */
export function startMaintenanceCalendar(options: {
  readonly due: () => void;
  readonly log: Pick<AgentLog, 'info' | 'warn' | 'error'>;
}): MaintenanceCalendar {
  const { due, log } = options;
  const logger = {
    info: (message: string) => log.info({}, message),
    warn: (message: string) => log.warn({}, message),
    error: (message: string | Error, err?: Error) =>
      log.error({ err: err ?? message }, 'The calendar failed.'),
    debug() {},
  };
  const start = (): ScheduledTask =>
    schedule(daily, due, {
      logger,
      missedExecutionTolerance: toleranceMilliseconds,
      // DailyMaintenance handles a missed time.
      suppressMissedWarning: true,
    });
  let task = start();
  return {
    replan() {
      void task.destroy();
      task = start();
    },
    stop: () => void task.destroy(),
  };
}
