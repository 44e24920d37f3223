import type { NewEvent } from '../types/event.ts';
import { type Observation, type SourceName, sourceNames } from '../types/observation.ts';
import type { EpochMs } from '../types/time.ts';
import type { Memory } from './memory.ts';

/**
 * Focus can be read with Full Disk Access only, so its silence says nothing. Workplace Join is not read while the
 * screen is locked (`off`), which is no failure either.
 */
const mayBeSilent: ReadonlySet<SourceName> = new Set(['focus']);

/** Sources that stopped answering, and that answer again: told after two readings in a row. */
export function sourceEvents(
  failing: Memory['failing'],
  observation: Observation,
  now: EpochMs,
): { failing: Memory['failing']; events: NewEvent[] } {
  const next: Memory['failing'] = {};
  const events: NewEvent[] = [];
  for (const source of sourceNames) {
    if (mayBeSilent.has(source)) continue;
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
          from: before.reason,
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
    const same = before !== undefined && before.reason === reading.reason;
    const count = same ? before.count + 1 : 1;
    const told = before?.told === true && same;
    if (count >= 2 && !told) {
      events.push({
        at: now,
        kind: 'source-failed',
        issue: null,
        severity: source === 'appSso' ? 'medium' : 'low',
        summary: `The source ${source} can't be read (${reading.reason}): ${reading.detail}`,
        from: 'ok',
        to: reading.reason,
        data: { source, reason: reading.reason },
      });
    }
    next[source] = {
      reason: reading.reason,
      since: same ? before.since : now,
      // Counting on would be a change of memory at every cycle, for nothing.
      count: Math.min(count, 2),
      told: told || count >= 2,
    };
  }
  return { failing: next, events };
}
