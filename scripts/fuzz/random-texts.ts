/** A generator of numbers from a seed (mulberry32): the same seed gives the same texts. */
export function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** A sample with parts deleted, repeated, taken from another sample, or replaced by a character. */
export function mutated(samples: readonly string[], random: (below: number) => number): string {
  const one = () => samples[random(samples.length)] ?? '';
  let text = one();
  for (let change = random(6); change >= 0; change -= 1) {
    const from = random(text.length + 1);
    const to = Math.min(text.length, from + random(40));
    const piece = text.slice(from, to);
    const other = one();
    const start = random(other.length + 1);
    const inserted = [
      '',
      piece.repeat(2 + random(50)),
      other.slice(start, start + random(200)),
      String.fromCharCode(random(random(2) === 0 ? 128 : 0xffff)),
      ['"', '\\', '{', '}', '<', '>', '\n', '\0', '(null)', '1e999', '-1', '<!--', ']]>'][random(13)] ?? '',
    ][random(5)];
    text = text.slice(0, from) + (inserted ?? '') + text.slice(to);
  }
  return text.slice(0, 200_000);
}
