import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advanceIssue, type Finding, type Verdict } from '../../agent/detect/issue-lifecycle.ts';
import type { Sighting } from '../../agent/detect/memory.ts';
import type { NewEvent } from '../../agent/shared/event.ts';
import { minute } from '../../agent/shared/time.ts';

const finding = (key: string): Finding => ({
  severity: 'medium',
  summary: `seen: ${key}`,
  evidence: { key },
  key,
});

const verdicts: fc.Arbitrary<Verdict[]> = fc.array(
  fc.oneof(
    fc.constant<Verdict>(null),
    fc.constant<Verdict>('unknown'),
    fc.constantFrom('a', 'b').map<Verdict>((key) => finding(key)),
  ),
  { maxLength: 60 },
);

function live(sequence: readonly Verdict[], everyMinutes = 1) {
  let sighting: Sighting | null = null;
  const events: NewEvent[] = [];
  sequence.forEach((verdict, index) => {
    const total = everyMinutes * minute;
    const elapsedTime =
      index === 0
        ? null
        : { total, awake: total, slept: false, rebooted: false, clockShift: 0, newRun: false };
    const now = index * total;
    const tracked = advanceIssue('some-issue', sighting, verdict, {
      now,
      elapsedTime,
      activeFor: elapsedTime?.awake ?? 0,
      confirmation: minute,
    });
    // The memory goes through JSON at each restart.
    sighting = tracked.sighting === null ? null : JSON.parse(JSON.stringify(tracked.sighting));
    events.push(...tracked.events);
  });
  return { events, sighting };
}

describe('an issue, for any sequence of verdicts', () => {
  test('opens and resolves in turn, once an episode', () => {
    fc.assert(
      fc.property(verdicts, (sequence) => {
        const turns = live(sequence).events.filter((event) => event.kind !== 'issue-updated');
        turns.forEach((event, index) => {
          expect(event.kind).toBe(index % 2 === 0 ? 'issue-opened' : 'issue-resolved');
        });
      }),
    );
  });

  test('is never opened by one reading alone, and neither opened nor resolved by unknown', () => {
    fc.assert(
      fc.property(verdicts, (sequence) => {
        const known = sequence.filter((verdict) => verdict !== 'unknown');
        const kinds = (of: readonly Verdict[]) => live(of, 5).events.map((event) => event.kind);
        expect(kinds(sequence)).toEqual(kinds(known));
        const alone = sequence.flatMap((verdict) => [verdict, null] as const);
        expect(kinds(alone)).toEqual([]);
      }),
    );
  });

  test('records an update only when its key changes', () => {
    fc.assert(
      fc.property(verdicts, (sequence) => {
        let said: string | null = null;
        for (const event of live(sequence).events) {
          if (event.kind === 'issue-resolved') said = null;
          else {
            expect(event.data.key).not.toBe(said);
            said = String(event.data.key);
          }
        }
      }),
    );
  });
});
