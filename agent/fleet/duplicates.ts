import type { Digest } from './digest.ts';

interface Named {
  readonly mac: string;
  readonly digest: Digest;
}

export interface Duplicate {
  readonly mac: string;
  /** The Mac that stays: the one with the newest event. */
  readonly sameAs: string;
}

/** The least number of common marks. */
const enoughMarks = 3;

/**
 * Finds Macs that were pulled twice: files that share a run, a stored device and user, or a part of the
 * history.
 */
export function duplicatesAmong(macs: readonly Named[]): Duplicate[] {
  const groups = new Groups(macs.length);
  const firstWith = new Map<string, number>();
  const joinWithFirst = (sign: string, index: number, alike: (other: Digest) => boolean) => {
    const first = firstWith.get(sign);
    const other = first === undefined ? undefined : macs[first];
    if (first === undefined || other === undefined) firstWith.set(sign, index);
    else if (alike(other.digest)) groups.join(first, index);
  };
  const always = () => true;
  for (const [index, { digest }] of macs.entries()) {
    for (const run of new Set(digest.runs)) joinWithFirst(`run ${run}`, index, always);
    const { device = '', user = '' } = digest.state;
    if (device !== '') joinWithFirst(`identity ${JSON.stringify([device, user])}`, index, always);
    for (const [id, at] of digest.marks)
      joinWithFirst(`mark ${id} ${at}`, index, (other) => sameHistory(other, digest));
  }
  return groups.all().flatMap((group) => {
    const members = group.flatMap((index) => macs[index] ?? []);
    const [newest, ...older] = members.sort(
      (one, other) => (other.digest.lastAt ?? 0) - (one.digest.lastAt ?? 0) || (one.mac < other.mac ? -1 : 1),
    );
    return newest === undefined ? [] : older.map(({ mac }) => ({ mac, sameAs: newest.mac }));
  });
}

/**
 * Agents poll at the same minutes of the clock, so in a large fleet two Macs can share one mark. That all
 * common marks are equal means the same history.
 */
function sameHistory(one: Digest, other: Digest): boolean {
  const instants = new Map(one.marks);
  const common = other.marks.filter(([id]) => instants.has(id));
  return common.length >= enoughMarks && common.every(([id, at]) => instants.get(id) === at);
}

/** Disjoint sets (union-find) of indices. */
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
