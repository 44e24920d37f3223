import { randomBytes } from 'node:crypto';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  emptyRecord,
  type HistoryRecord,
  packRecord,
  unpackRecord,
  unpackRecords,
} from '../../agent/fleet-store/history-record.ts';

const record: HistoryRecord = {
  ...emptyRecord,
  agentVersion: '1.2.3',
  state: { headline: 'ok' },
  proofs: [['password-synced', 1_772_000_000_000]],
  passwordSyncs: [1_772_000_000_000],
  weeks: [2928, 2929],
  issues: [
    {
      issue: 'psso-not-registered',
      severity: 'medium',
      openedAt: 1_772_000_000_000,
      resolvedAt: null,
      macos: '15.6',
      companyPortal: '',
      cause: '',
      causeGrade: '',
      causeSentence: '',
      possibleCause: '',
    },
  ],
  changes: [{ at: 1_772_000_000_000, kind: 'macos-updated', before: '15.5', to: '15.6' }],
};
const first = 1_772_000_000_000;

/** The record with other values, as another program could write it. */
function changed(values: Readonly<Record<string, unknown>>): Uint8Array {
  const plain = JSON.parse(zstdDecompressSync(packRecord(record)).toString());
  return zstdCompressSync(JSON.stringify({ ...plain, ...values }));
}

/** Issues as another program could write them: one, and the numbers of its texts. */
function issueOf(...cells: readonly unknown[]) {
  return { texts: ['psso-not-registered', 'high', ''], cells: [...cells, 2, 2, 2, 2, 2, 2] };
}

const oneWindow = { began: [first], outcomes: ['open'], outcome: [0, 1], lag: [], activeLag: [] };

describe('the record of a history', () => {
  test('is the same after packing', () => {
    expect(unpackRecord(packRecord(record))).toEqual(record);
    expect(unpackRecord(changed({}))).toEqual(record);
  });

  test('is the same with any issues, changes and proofs', () => {
    const text = fc.string({ maxLength: 4 });
    const instant = fc.integer({ min: 0, max: 2_000_000_000_000 });
    const issues = fc.array(
      fc.record({
        issue: text,
        severity: text,
        openedAt: instant,
        resolvedAt: fc.option(instant),
        macos: text,
        companyPortal: text,
        cause: text,
        causeGrade: text,
        causeSentence: text,
        possibleCause: text,
      }),
    );
    const changes = fc.array(fc.record({ at: instant, kind: text, before: text, to: text }));
    const proofs = fc.array(fc.tuple(text, instant));
    fc.assert(
      fc.property(fc.record({ issues, changes, proofs }), (lists) => {
        const one = { ...record, ...lists };
        expect(unpackRecord(packRecord(one))).toEqual(one);
      }),
    );
  });

  test('keeps its place among those that are unpacked with it', () => {
    const other = { ...record, agentVersion: '1.2.4' };
    const packed = [record, other, emptyRecord, record].map(packRecord);
    expect([...unpackRecords(packed)]).toEqual([record, other, emptyRecord, record]);
    expect([...unpackRecords([])]).toEqual([]);
  });

  test('comes back in its order, however many there are and however long they are', () => {
    const many = Array.from({ length: 150 }, (_, index) => ({ ...record, agentVersion: `1.0.${index}` }));
    expect([...unpackRecords(many.map(packRecord))]).toEqual(many);
    const long = many
      .slice(0, 9)
      .map((one) => ({ ...one, state: { ...one.state, device: randomBytes(100_000).toString('hex') } }));
    expect([...unpackRecords(long.map(packRecord))]).toEqual(long);
    const repetitive = many
      .slice(0, 9)
      .map((one) => ({ ...one, state: { ...one.state, device: 'd'.repeat(3_000_000) } }));
    expect([...unpackRecords(repetitive.map(packRecord))]).toEqual(repetitive);
  });

  test('is unpacked when it is asked for, and a caller may stop', () => {
    let [given, ended] = [0, false];
    function* packed() {
      try {
        for (; given < 1000; given++) yield packRecord(record);
      } finally {
        ended = true;
      }
    }
    for (const one of unpackRecords(packed())) {
      expect(one).toEqual(record);
      break;
    }
    expect(given).toBeLessThan(100);
    expect(ended).toBe(true);
  });

  test('leaves no buffer when it is unpacked alone', () => {
    const packed = packRecord(record);
    const before = process.memoryUsage().arrayBuffers;
    for (let count = 0; count < 300; count++) unpackRecord(packed);
    // Of 300 buffers with 256 kB each.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4_000_000);
  });

  test('has no value of a key that this version does not know', () => {
    const state = { headline: 'ok', mood: 'good' };
    expect(unpackRecord(changed({ state })).state).toEqual({ headline: 'ok' });
  });

  test.each([
    ['a number for a text', { agentVersion: 1 }],
    ['no state', { state: undefined }],
    ['a list for the state', { state: ['ok'] }],
    ['a number in the state', { state: { headline: 1 } }],
    ['a text among numbers', { weeks: [2928, '2929'] }],
    ['an object for a list of numbers', { passwordSyncs: {} }],
    ['issues without texts', { issues: { cells: [] } }],
    ['an issue that is an object', { issues: [record.issues[0]] }],
    ['an issue with a text for an instant', { issues: issueOf(0, 1, '2026', null) }],
    ['an issue with a text for its end', { issues: issueOf(0, 1, first, '2026') }],
    ['an issue without an instant', { issues: issueOf(0, 1, null, null) }],
    ['an issue without a severity', { issues: issueOf(0, null, first, null) }],
    ['an issue with a text that is missing', { issues: issueOf(0, 4, first, null) }],
    ['an issue with a text between two others', { issues: issueOf(0, 0.5, first, null) }],
    ['an issue that is cut', { issues: { texts: ['', 'high'], cells: [0, 1, first, null] } }],
    ['a number among the texts of issues', { issues: { texts: ['psso-not-registered', 1], cells: [] } }],
    ['a change with an instant for a version', { changes: { texts: [''], cells: [first, 0, 0, first] } }],
    ['a proof of another length', { proofs: { texts: ['password-synced'], cells: [0] } }],
    ['fewer outcomes than token cycles', { windows: { ...oneWindow, began: [first, 1] } }],
    ['more outcomes than token cycles', { windows: { ...oneWindow, began: [] } }],
    ['a run of fewer than no outcomes', { windows: { ...oneWindow, outcome: [0, 2, 0, -1] } }],
    ['half a run of outcomes', { windows: { ...oneWindow, outcome: [0, 1, 0] } }],
    ['an outcome without a text', { windows: { ...oneWindow, outcome: [1, 1] } }],
  ])('is refused with %s', (_, values) => {
    expect(() => unpackRecord(changed(values))).toThrow(/it is not complete/);
  });
});
