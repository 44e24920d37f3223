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

/** `count` of all, as evenly over the groups as they allow, in an order that the seed decides. */
export function sample<T>(groups: readonly (readonly T[])[], count: number, seed: number): T[] {
  const random = randomNumbers(seed);
  const left = shuffled(groups, random).map((group) => shuffled(group, random));
  const drawn: T[] = [];
  for (let round = 0; drawn.length < count && left.some((group) => group.length > round); round++) {
    for (const group of left) {
      const next = group[round];
      if (next !== undefined && drawn.length < count) drawn.push(next);
    }
  }
  return drawn;
}
