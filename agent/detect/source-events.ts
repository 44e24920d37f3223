import { type NewEvent, newEvent } from '../shared/event.ts';
import { type Observation, type SourceName, sourceNames } from '../shared/observation.ts';
import type { Failed, FailureReason } from '../shared/reading.ts';
import type { EpochMs } from '../shared/time.ts';
import type { Memory } from './memory.ts';

type Failing = Memory['failing'][string];

/**
 * Focus is readable with Full Disk Access only, and bioutil fails on a Mac without Touch ID: their failures
 * are not recorded.
 */
const optionalSources: ReadonlySet<SourceName> = new Set(['focus', 'fingerprints']);

/**
 * Records `source-failed` after two failed readings in a row, and `source-recovered` at the next valid one.
 * Another reason is recorded after two readings in a row with it.
 */
export function sourceEvents(
  failing: Memory['failing'],
  observation: Observation,
  now: EpochMs,
): { failing: Memory['failing']; events: NewEvent[] } {
  const next: Memory['failing'] = {};
  const events: NewEvent[] = [];
  for (const source of sourceNames) {
    if (optionalSources.has(source)) continue;
    const reading = observation[source];
    const before = failing[source];
    if (reading.ok) {
      if (before?.told === true) events.push(recovered(source, before, now));
    } else if (reading.reason === 'off') {
      // Not read on purpose, which is neither a failure nor a recovery.
      if (before !== undefined) next[source] = before;
    } else {
      const advanced = advanceFailure(before, reading.reason, now);
      next[source] = advanced.failing;
      if (advanced.record) events.push(failedEvent(source, reading, advanced.previousReason, now));
    }
  }
  return { failing: next, events };
}

function advanceFailure(
  before: Failing | undefined,
  reason: FailureReason,
  now: EpochMs,
): { failing: Failing; record: boolean; previousReason: FailureReason | null } {
  const recorded = before?.told === true ? recordedReasonOf(before) : null;
  const again = before !== undefined && (recorded === null || before.reason === reason);
  // At most 2: a higher count would change the memory at every poll.
  const count = Math.min(again ? before.count + 1 : 1, 2);
  const record = count === 2 && recorded !== reason;
  const failing = {
    reason,
    since: before?.since ?? now,
    count,
    told: recorded !== null || record,
    ...(record || recorded === null ? {} : { toldReason: recorded }),
  };
  return { failing, record, previousReason: recorded };
}

function failedEvent(
  source: SourceName,
  { reason, detail }: Failed,
  previousReason: FailureReason | null,
  now: EpochMs,
): NewEvent {
  const severity = source === 'appSso' ? 'medium' : 'low';
  const summary = `The source ${source} can't be read (${reason}): ${detail}`;
  return newEvent(now, 'source-failed', severity, summary, {
    from: previousReason ?? 'ok',
    to: reason,
    data: { source, reason },
  });
}

function recovered(source: SourceName, before: Failing, now: EpochMs): NewEvent {
  return newEvent(now, 'source-recovered', 'info', `The source ${source} can be read again.`, {
    from: recordedReasonOf(before),
    to: 'ok',
    data: { source },
  });
}

function recordedReasonOf({ toldReason, reason }: Failing): FailureReason {
  return toldReason ?? reason;
}
