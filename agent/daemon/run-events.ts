import { durationText } from '../shared/duration-text.ts';
import type { NewEvent } from '../shared/event.ts';
import { type EpochMs, second, toIso } from '../shared/time.ts';
import { quickDeathsBefore } from '../store/quick-deaths.ts';
import type { PreviousRun } from './run-record.ts';
import type { SelfRestart } from './self-watch/self-watch.ts';

/** After this long unwatched, a new run says that there is a gap in the history: two polls that did not happen. */
const missedPolls = 2;

/** An event about the agent itself. */
export function agentEvent(
  at: EpochMs,
  kind: NewEvent['kind'],
  severity: NewEvent['severity'],
  summary: string,
  data: NewEvent['data'],
): NewEvent {
  return { at, kind, issue: null, severity, summary, from: null, to: null, data };
}

/** The end of a run: on a signal or another word from outside, or because the agent uses too much itself. */
export function stoppedEvent(at: EpochMs, ending: string | SelfRestart): NewEvent {
  if (typeof ending === 'string')
    return agentEvent(at, 'agent-stopped', 'info', `The agent stopped: ${ending}.`, { reason: ending });
  const { because, over } = ending;
  const summary = `The agent stopped to start again, since it used more than it should: ${because}.`;
  return agentEvent(at, 'agent-stopped', 'low', summary, {
    reason: 'overItsLimits',
    over: over.map(({ what, measured, limit }) => ({ what, measured: Math.round(measured), limit })),
  });
}

/**
 * What is to be said of the time before a run: that the run before did not end in order, and that nothing was observed
 * meanwhile. The trace of that run knows best when it was last alive; without one, the last look remembered has to do.
 */
export function eventsBeforeRun(known: {
  readonly now: EpochMs;
  readonly previous: PreviousRun | null;
  readonly lastPollAt: EpochMs | null;
  readonly pollIntervalSeconds: number;
}): NewEvent[] {
  const { now, previous, lastPollAt, pollIntervalSeconds } = known;
  const events: NewEvent[] = [];
  // A run that ended before its first look was there at its start, and told then what came before it.
  const lastSeen = previous === null ? lastPollAt : Math.max(previous.startedAt, previous.lastPollAt ?? 0);
  if (previous !== null && !previous.cleanStop) {
    const quickDeaths = quickDeathsBefore(previous);
    const often =
      quickDeaths < 2 ? '' : ` ${quickDeaths} runs in a row ended soon after their start; it slows down.`;
    events.push(
      agentEvent(now, 'agent-crashed', 'medium', `The agent did not stop in order the last time.${often}`, {
        startedAt: toIso(previous.startedAt),
        lastSeenAt: toIso(lastSeen ?? previous.startedAt),
        quickDeaths,
      }),
    );
  }
  if (lastSeen !== null && now - lastSeen > missedPolls * pollIntervalSeconds * second) {
    const seconds = Math.round((now - lastSeen) / second);
    const summary = `Nothing was observed for ${durationText(seconds)}: the agent did not run.`;
    const data = { reason: 'agentNotRunning', from: toIso(lastSeen), seconds };
    events.push(agentEvent(now, 'gap', 'low', summary, data));
  }
  return events;
}
