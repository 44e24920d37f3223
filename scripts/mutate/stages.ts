import type { Durations } from './run-tests.ts';

/** Seconds up to which a test file belongs to a stage. Most mutants are killed by a quick test. */
const limits = [0.5, 3, Number.POSITIVE_INFINITY];

/** The test files of a target, the quick ones first, as runs one after the other. */
export function stages(
  durations: Durations,
  beginnings: readonly string[],
  reaches: (test: string) => boolean,
): string[][] {
  const files = [...durations.keys()].filter(
    (file) => beginnings.some((beginning) => file.startsWith(beginning)) && reaches(file),
  );
  const limitOf = (file: string) => limits.find((limit) => (durations.get(file) ?? 0) <= limit);
  return limits
    .map((limit) => files.filter((file) => limitOf(file) === limit).sort())
    .filter((stage) => stage.length > 0);
}
