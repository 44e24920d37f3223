import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { parseRunFile } from '../../agent/store/run-file-text.ts';

const instant = z.iso.datetime();
/** The same in zod's words: what `status` can't afford to load. */
const runFile = z.object({
  pid: z.int(),
  startedAt: instant,
  version: z.string(),
  cleanStop: z.boolean(),
  quickDeaths: z._default(z.int(), 0),
  waitsUntil: z._default(z.nullable(instant), null),
  ownUse: z.catch(
    z.nullable(
      z.object({
        measuredAt: instant,
        rssBytes: z.number(),
        heapBytes: z.number(),
        cpuSecondsPerHour: z.nullable(z.number()),
        rowsPerHour: z.nullable(z.number()),
        rowsWritten: z.number(),
        lastLookMilliseconds: z.number(),
        over: z.array(z.string()),
      }),
    ),
    null,
  ),
  selfRestart: z.catch(z.nullable(z.object({ at: instant, because: z.string() })), null),
  maintainedAt: z.catch(z.nullable(instant), null),
});

const anything = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 2 ** 53, '', 'words', '2026-11-23', '2026-11-23T09:17:00'),
  fc.constantFrom<unknown>([], ['words'], [1], {}, { at: '2026-11-23T09:17:00Z' }),
);
const valid = {
  at: fc.constantFrom('2026-11-23T09:17:00Z', '2026-11-23T09:17:00.123Z', '2024-02-29T00:00:00Z'),
  amount: fc.constantFrom(0, 17, 1.25, 55_000_000),
};
/** Usually right, sometimes something else, sometimes not there. */
const or = <T>(right: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 12, arbitrary: right }, { weight: 1, arbitrary: anything });
const ownUse = fc.record(
  {
    measuredAt: or(valid.at),
    rssBytes: or(valid.amount),
    heapBytes: or(valid.amount),
    cpuSecondsPerHour: or(fc.option(valid.amount)),
    rowsPerHour: or(fc.option(valid.amount)),
    rowsWritten: or(valid.amount),
    lastLookMilliseconds: or(valid.amount),
    over: or(fc.array(fc.string(), { maxLength: 2 })),
  },
  {
    requiredKeys: ['measuredAt', 'rssBytes', 'heapBytes', 'cpuSecondsPerHour', 'rowsPerHour', 'rowsWritten'],
  },
);
const written = fc.record(
  {
    pid: or(fc.nat()),
    startedAt: or(valid.at),
    version: or(fc.string()),
    cleanStop: or(fc.boolean()),
    quickDeaths: or(fc.nat(20)),
    waitsUntil: or(fc.option(valid.at)),
    ownUse: or(fc.option(ownUse)),
    selfRestart: or(fc.option(fc.record({ at: or(valid.at), because: or(fc.string()) }))),
    maintainedAt: or(fc.option(valid.at)),
    ofALaterVersion: anything,
  },
  { requiredKeys: ['pid', 'startedAt', 'version', 'cleanStop', 'ownUse'] },
);

describe('agent.json', () => {
  test('is understood as zod would', () => {
    let understood = 0;
    fc.assert(
      fc.property(written, (file) => {
        const text = JSON.stringify(file);
        const expected = runFile.safeParse(JSON.parse(text));
        const parsed = parseRunFile(text);
        if (parsed !== null) understood++;
        expect(parsed).toEqual(expected.success ? expected.data : null);
      }),
      { numRuns: 500 },
    );
    expect(understood).toBeGreaterThan(50);
  });

  test.each(['', '{', 'null', '[]', '"text"', '{"pid":1}', '{"__proto__":{"pid":1}}'])(
    '%j says nothing',
    (text) => {
      expect(parseRunFile(text)).toBeNull();
    },
  );
});
