import fc from 'fast-check';

/** The lines of a scenario after its first: changes at any minute, sorted, each perhaps with new tokens. */
export function changesOf<T extends object>(
  change: fc.Arbitrary<T>,
  { hours, atMost }: { readonly hours: number; readonly atMost: number },
): fc.Arbitrary<object[]> {
  return fc
    .array(fc.tuple(fc.integer({ min: 0, max: hours * 60 }), change, fc.boolean()), { maxLength: atMost })
    .map((changes) =>
      changes
        .sort(([a], [b]) => a - b)
        .map(([minutes, what, refresh]) => ({
          at: `+${minutes}m`,
          ...what,
          ...(refresh && !('psso' in what) ? { psso: { receivedAt: `+${minutes}m` } } : {}),
        })),
    );
}
