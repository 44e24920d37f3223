import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
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
const [issue, change] = [record.issues[0], record.changes[0]];

/** The record with other values, as another program could write it. */
function changed(values: Readonly<Record<string, unknown>>): Uint8Array {
  const plain = JSON.parse(zstdDecompressSync(packRecord(record)).toString());
  return zstdCompressSync(JSON.stringify({ ...plain, ...values }));
}

describe('the record of a history', () => {
  test('is the same after packing', () => {
    expect(unpackRecord(packRecord(record))).toEqual(record);
    expect(unpackRecord(changed({}))).toEqual(record);
  });

  test('keeps its place among those that are unpacked with it', () => {
    const other = { ...record, agentVersion: '1.2.4' };
    const packed = [record, other, emptyRecord, record].map(packRecord);
    expect([...unpackRecords(packed)]).toEqual([record, other, emptyRecord, record]);
    expect([...unpackRecords([])]).toEqual([]);
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
    ['an issue with a text for an instant', { issues: [{ ...issue, openedAt: '2026' }] }],
    ['an issue with a text for its end', { issues: [{ ...issue, resolvedAt: '2026' }] }],
    ['an issue without a severity', { issues: [issue, { ...issue, severity: undefined }] }],
    ['an issue that is null', { issues: [null] }],
    ['a change with a number for a version', { changes: [{ ...change, to: 15 }] }],
    ['a proof of another length', { proofs: [['password-synced']] }],
  ])('is refused with %s', (_, values) => {
    expect(() => unpackRecord(changed(values))).toThrow(/it is not complete/);
  });
});
