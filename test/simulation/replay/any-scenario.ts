import fc from 'fast-check';

/** Changes of a Mac at any minute, in order, each perhaps together with new tokens: the lines of a scenario after its first. */
export function storyOf<T extends object>(
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
