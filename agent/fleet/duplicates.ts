import type { Digest } from './digest.ts';

interface Named {
  readonly mac: string;
  readonly digest: Digest;
}

export interface Duplicate {
  readonly mac: string;
  /** Which of them stays: the one with the newest record. */
  readonly sameAs: string;
}

/** Of two Macs, one event in a million has the same number and millisecond; two such events have not. */
const enoughMarks = 2;

/**
 * The same Mac and user more than once, as when it was pulled twice: files that share a run of the agent, several events, or a
 * stored device with its user.
 */
export function duplicatesAmong(macs: readonly Named[]): Duplicate[] {
  const groups = new Groups(macs.length);
  const firstWith = new Map<string, number>();
  const shared = new Map<string, number>();
  const meet = (sign: string, index: number, enough: number) => {
    const first = firstWith.get(sign);
    if (first === undefined) {
      firstWith.set(sign, index);
      return;
    }
    const pair = `${first} ${index}`;
    const times = (shared.get(pair) ?? 0) + 1;
    shared.set(pair, times);
    if (times >= enough) groups.join(first, index);
  };
  for (const [index, { digest }] of macs.entries()) {
    for (const run of new Set(digest.runs)) meet(`run ${run}`, index, 1);
    const { device = '', user = '' } = digest.state;
    if (device !== '') meet(`identity ${JSON.stringify([device, user])}`, index, 1);
  }
  for (const [index, { digest }] of macs.entries())
    for (const mark of new Set(digest.marks)) meet(`mark ${mark}`, index, enoughMarks);
  return groups.all().flatMap((group) => {
    const members = group.flatMap((index) => macs[index] ?? []);
    const [newest, ...older] = members.sort(
      (one, other) => (other.digest.lastAt ?? 0) - (one.digest.lastAt ?? 0),
    );
    return newest === undefined ? [] : older.map(({ mac }) => ({ mac, sameAs: newest.mac }));
  });
}

/** Which belong together, when what belongs to the same belongs together. */
class Groups {
  readonly #above: number[];

  constructor(size: number) {
    this.#above = Array.from({ length: size }, (_, index) => index);
  }

  #top(index: number): number {
    let at = index;
    for (let above = this.#above[at]; above !== undefined && above !== at; above = this.#above[at])
      at = above;
    return at;
  }

  join(one: number, other: number): void {
    this.#above[this.#top(other)] = this.#top(one);
  }

  all(): number[][] {
    const groups = Map.groupBy(this.#above.keys(), (index) => this.#top(index));
    return [...groups.values()].filter((group) => group.length > 1);
  }
}
