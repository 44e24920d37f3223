import type { NewEvent } from '../shared/event.ts';
import { type Observation, type SourceName, sourceNames } from '../shared/observation.ts';
import type { FailureReason } from '../shared/reading.ts';
import type { EpochMs } from '../shared/time.ts';
import type { Memory } from './memory.ts';

/**
 * Focus can be read with Full Disk Access only, so its silence says nothing. Workplace Join is not read while the
 * screen is locked (`off`), which is no failure either.
 */
const optionalSources: ReadonlySet<SourceName> = new Set(['focus']);

/**
 * Sources that stopped answering, and that answer again: told after two readings in a row, in whatever ways they fail. Another way of failing is
 * told when it was met twice in a row.
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
      if (before?.told === true) {
        events.push({
          at: now,
          kind: 'source-recovered',
          issue: null,
          severity: 'info',
          summary: `The source ${source} can be read again.`,
          from: reportedReasonOf(before),
          to: 'ok',
          data: { source },
        });
      }
      continue;
    }
    if (reading.reason === 'off') {
      if (before !== undefined) next[source] = before;
      continue;
    }
    const reported = before?.told === true ? reportedReasonOf(before) : null;
    const again = before !== undefined && (reported === null || before.reason === reading.reason);
    // Counting on would be a change of memory at every cycle, for nothing.
    const count = Math.min(again ? before.count + 1 : 1, 2);
    const news = count === 2 && reported !== reading.reason;
    if (news) {
      events.push({
        at: now,
        kind: 'source-failed',
        issue: null,
        severity: source === 'appSso' ? 'medium' : 'low',
        summary: `The source ${source} can't be read (${reading.reason}): ${reading.detail}`,
        from: reported ?? 'ok',
        to: reading.reason,
        data: { source, reason: reading.reason },
      });
    }
    next[source] = {
      reason: reading.reason,
      since: before?.since ?? now,
      count,
      told: reported !== null || news,
      ...(news || reported === null ? {} : { toldReason: reported }),
    };
  }
  return { failing: next, events };
}

function reportedReasonOf({ toldReason, reason }: Memory['failing'][string]): FailureReason {
  return toldReason ?? reason;
}
