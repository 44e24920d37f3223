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

/** So many events that both have must be the same ones. */
const enoughMarks = 3;

/**
 * The same Mac and user more than once, as when it was pulled twice: files that share a run of the agent, a stored device with its
 * user, or a piece of history.
 */
export function duplicatesAmong(macs: readonly Named[]): Duplicate[] {
  const groups = new Groups(macs.length);
  const firstWith = new Map<string, number>();
  const meet = (sign: string, index: number, alike: (other: Digest) => boolean) => {
    const first = firstWith.get(sign);
    const other = first === undefined ? undefined : macs[first];
    if (first === undefined || other === undefined) firstWith.set(sign, index);
    else if (alike(other.digest)) groups.join(first, index);
  };
  const certainly = () => true;
  for (const [index, { digest }] of macs.entries()) {
    for (const run of new Set(digest.runs)) meet(`run ${run}`, index, certainly);
    const { device = '', user = '' } = digest.state;
    if (device !== '') meet(`identity ${JSON.stringify([device, user])}`, index, certainly);
    for (const [id, at] of digest.marks)
      meet(`mark ${id} ${at}`, index, (other) => sameHistory(other, digest));
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
 * Macs look on the same minutes of the clock, and were often set up on one day: that an event has the same number and instant on two
 * of them happens in a fleet of thousands. That every event of those both files have does, not.
 */
function sameHistory(one: Digest, other: Digest): boolean {
  const instants = new Map(one.marks);
  const common = other.marks.filter(([id]) => instants.has(id));
  return common.length >= enoughMarks && common.every(([id, at]) => instants.get(id) === at);
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
