import { describe, expect, test } from 'vitest';
import {
  joinedWindows,
  noWindows,
  packWindows,
  type RecordedWindows,
  unpackWindows,
} from '../../agent/fleet-store/recorded-windows.ts';

const windows: RecordedWindows = {
  staleFrom: Float64Array.of(1_772_000_000_001, 1_772_000_060_000, 1_771_000_000_000),
  outcome: { texts: ['password-synced', 'token-refreshed'], at: Int32Array.of(0, 1, 0) },
  lag: Float64Array.of(60, Number.NaN, 0),
  activeLag: Float64Array.of(Number.NaN, Number.NaN, 12),
};

describe('the token cycles of a record', () => {
  test('are the same after packing, in any order', () => {
    expect(unpackWindows(JSON.parse(JSON.stringify(packWindows(windows))))).toEqual(windows);
    expect(unpackWindows(packWindows(noWindows))).toEqual(noWindows);
    const equal = { ...windows, outcome: { texts: ['open'], at: Int32Array.of(0, 0, 0) } };
    expect(packWindows(equal).outcome).toEqual([0, 3]);
    expect(unpackWindows(packWindows(equal))).toEqual(equal);
  });

  test('are joined with others of other outcomes', () => {
    const later: RecordedWindows = {
      staleFrom: Float64Array.of(1_773_000_000_000, 1_773_000_060_000),
      outcome: { texts: ['open', 'token-refreshed', 'dialog-closed'], at: Int32Array.of(1, 2) },
      lag: Float64Array.of(Number.NaN, 5),
      activeLag: Float64Array.of(Number.NaN, 4),
    };
    const { outcome, lag, staleFrom } = joinedWindows(windows, later);
    expect(outcome).toEqual({
      texts: ['password-synced', 'token-refreshed', 'dialog-closed'],
      at: Int32Array.of(0, 1, 0, 1, 2),
    });
    expect([staleFrom.length, lag[4]]).toEqual([5, 5]);
    expect([joinedWindows(noWindows, later), joinedWindows(windows, noWindows)]).toEqual([later, windows]);
  });
});
