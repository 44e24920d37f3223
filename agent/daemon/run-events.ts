import { durationText } from '../shared/duration-text.ts';
import { type NewEvent, newEvent } from '../shared/event.ts';
import { type EpochMs, second, toIso } from '../shared/time.ts';
import { quickDeathsBefore } from '../store/quick-deaths.ts';
import type { PreviousRun } from './run-record.ts';
import type { SelfRestart } from './self-watch/self-watch.ts';

/** A new run records a gap when more polls than these are missing. */
const missedPolls = 2;

/** An event about the agent itself. */
export function agentEvent(
  at: EpochMs,
  kind: NewEvent['kind'],
  severity: NewEvent['severity'],
  summary: string,
  data: NewEvent['data'],
): NewEvent {
  return newEvent(at, kind, severity, summary, { data });
}

/** The end of a run: by a signal (its name), or because the agent is over a limit of its own use. */
export function stoppedEvent(at: EpochMs, ending: string | SelfRestart): NewEvent {
  if (typeof ending === 'string')
    return agentEvent(at, 'agent-stopped', 'info', `The agent stopped: ${ending}.`, { reason: ending });
  const { because, over } = ending;
  const summary = `The agent restarts: ${because}.`;
  return agentEvent(at, 'agent-stopped', 'low', summary, {
    reason: 'overItsLimits',
    over: over.map(({ what, measured, limit }) => ({ what, measured: Math.round(measured), limit })),
  });
}

/**
 * The events about the time before a run: the previous run did not stop cleanly, and a gap. The run record
 * knows best when the previous run ended; without one, the last poll in the agent memory is used.
 */
export function eventsBeforeRun(known: {
  readonly now: EpochMs;
  readonly previous: PreviousRun | null;
  readonly lastPollAt: EpochMs | null;
  /** By how much the wall clock was set since: it is no time in which nothing was observed. */
  readonly clockShift: number;
  readonly pollIntervalSeconds: number;
}): NewEvent[] {
  const { now, previous, lastPollAt, clockShift, pollIntervalSeconds } = known;
  const events: NewEvent[] = [];
  // A run without a poll recorded the gap before it at its start.
  const lastSeen = previous === null ? lastPollAt : Math.max(previous.startedAt, previous.lastPollAt ?? 0);
  if (previous !== null && !previous.cleanStop) {
    const quickDeaths = quickDeathsBefore(previous);
    const repeated =
      quickDeaths < 2
        ? ''
        : ` ${quickDeaths} runs in a row ended soon after their start; the next ones start later.`;
    events.push(
      agentEvent(now, 'agent-crashed', 'medium', `The previous run did not stop cleanly.${repeated}`, {
        startedAt: toIso(previous.startedAt),
        lastSeenAt: toIso(lastSeen ?? previous.startedAt),
        quickDeaths,
      }),
    );
  }
  if (previous?.unwritten != null) {
    const { events: count, since } = previous.unwritten;
    const summary = `${count} events of the previous run were not recorded: the history could not be written.`;
    events.push(agentEvent(now, 'gap', 'low', summary, { reason: 'notWritten', from: since, events: count }));
  }
  const unobserved = lastSeen === null ? 0 : now - clockShift - lastSeen;
  if (lastSeen !== null && unobserved > missedPolls * pollIntervalSeconds * second) {
    const seconds = Math.round(unobserved / second);
    const summary = `Nothing was observed for ${durationText(seconds)}: the agent did not run.`;
    const data = { reason: 'agentNotRunning', from: toIso(lastSeen), seconds };
    events.push(agentEvent(now, 'gap', 'low', summary, data));
  }
  return events;
}
