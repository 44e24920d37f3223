/** Random numbers from 0 to below 1, the same for the same seed (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((value) => ({ value, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);
}

/** The first of each list, then the second of each, and so on. */
function inTurns<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, turn) =>
    lists.flatMap((list) => list.slice(turn, turn + 1)),
  ).flat();
}

/**
 * `count` of all, as evenly over the areas as they allow and within an area over its files, in an order that
 * the seed decides. `areas`: the mutants, by area and by file.
 */
export function sample<T>(areas: readonly (readonly (readonly T[])[])[], count: number, seed: number): T[] {
  const random = randomNumbers(seed);
  const ofArea = (files: readonly (readonly T[])[]) =>
    inTurns(shuffled(files, random).map((mutants) => shuffled(mutants, random)));
  return inTurns(shuffled(areas, random).map(ofArea)).slice(0, count);
}
