import { durationText } from '../shared/duration-text.ts';
import { type NewEvent, newEvent } from '../shared/event.ts';
import { type EpochMs, minute, second, toIso } from '../shared/time.ts';
import type { ElapsedTime } from './elapsed-time.ts';
import type { Moment } from './moment.ts';

/** A shorter time asleep is no gap in the history. */
const shortestReportedGap = 30 * minute;

/** The events of a clock change, and of a gap because the Mac was asleep. */
export function elapsedTimeEvents(
  before: Moment | null,
  elapsedTime: ElapsedTime | null,
  now: EpochMs,
): NewEvent[] {
  if (before === null || elapsedTime === null) return [];
  const events: NewEvent[] = [];
  if (elapsedTime.clockShift !== 0) {
    const seconds = Math.round(elapsedTime.clockShift / second);
    const summary = `The wall clock was set ${seconds > 0 ? 'forward' : 'back'} by ${Math.abs(seconds)} s.`;
    events.push(newEvent(now, 'clock-changed', 'low', summary, { data: { seconds } }));
  }
  // A new run records its own gap: the run record knows when the previous run ended (daemon/run-events.ts).
  const unobserved = elapsedTime.total - elapsedTime.awake;
  if (!elapsedTime.newRun && elapsedTime.slept && unobserved >= shortestReportedGap) {
    const summary = `Nothing was observed for ${durationText(unobserved / second)}: the Mac was asleep.`;
    const data = { reason: 'asleep', from: toIso(before.at), seconds: Math.round(unobserved / second) };
    events.push(newEvent(now, 'gap', 'info', summary, { data }));
  }
  return events;
}
