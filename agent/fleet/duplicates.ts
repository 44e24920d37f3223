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

/** Copies of one history that went on in two ways: a clone, or a Mac that was restored from a backup. */
export interface Branch {
  readonly mac: string;
  /** The Mac with the same history id and other events. */
  readonly branchOf: string;
}

/** The least number of common marks. */
const enoughMarks = 3;

/**
 * Finds Macs that were pulled twice. The id of the history is exact. For a file without one: a run, a stored
 * device and user, or a part of the history that both have.
 */
export function copiesAmong(macs: readonly Named[]): { duplicates: Duplicate[]; branches: Branch[] } {
  const groups = new Groups(macs.length);
  const firstWith = new Map<string, number>();
  const branches: Branch[] = [];
  const joinWithFirst = (sign: string, index: number, alike: (other: Digest) => boolean) => {
    const first = firstWith.get(sign);
    const other = first === undefined ? undefined : macs[first];
    if (first === undefined || other === undefined) firstWith.set(sign, index);
    else if (alike(other.digest)) groups.join(first, index);
  };
  /** The files with an id: one group for each branch of it. */
  const joinBranch = (id: string, index: number, { mac, digest }: Named) => {
    for (let number = 1; ; number++) {
      const sign = branchName(id, number);
      const first = firstWith.get(sign);
      const other = first === undefined ? undefined : macs[first];
      if (first !== undefined && other !== undefined && haveParted(other.digest, digest)) continue;
      if (first === undefined || other === undefined) {
        firstWith.set(sign, index);
        const original = macs[firstWith.get(id) ?? index];
        if (number > 1 && original !== undefined) branches.push({ mac, branchOf: original.mac });
      } else groups.join(first, index);
      return;
    }
  };
  for (const [index, named] of macs.entries()) {
    const { digest } = named;
    const { history = '', device = '', user = '' } = digest.state;
    if (history !== '') joinBranch(history, index, named);
    const mayBeSame = (other: Digest) => history === '' || (other.state.history ?? '') === '';
    for (const run of new Set(digest.runs)) joinWithFirst(`run ${run}`, index, mayBeSame);
    if (device !== '') joinWithFirst(`identity ${JSON.stringify([device, user])}`, index, mayBeSame);
    for (const [id, at] of digest.marks)
      joinWithFirst(`mark ${id} ${at}`, index, (other) => mayBeSame(other) && sameHistory(other, digest));
  }
  const duplicates = groups.all().flatMap((group) => {
    const members = group.flatMap((index) => macs[index] ?? []);
    const [newest, ...older] = members.sort(
      (one, other) => (other.digest.lastAt ?? 0) - (one.digest.lastAt ?? 0) || (one.mac < other.mac ? -1 : 1),
    );
    return newest === undefined ? [] : older.map(({ mac }) => ({ mac, sameAs: newest.mac }));
  });
  return { duplicates, branches };
}

/** Only the Macs that were pulled twice. */
export function duplicatesAmong(macs: readonly Named[]): Duplicate[] {
  return copiesAmong(macs).duplicates;
}

/** The id of a branch: `ID`, `ID~2`, `ID~3` … */
function branchName(id: string, number: number): string {
  return number === 1 ? id : `${id}~${number}`;
}

/**
 * Agents poll at the same minutes of the clock, so in a large fleet two Macs can share one mark. That all
 * common marks are equal means the same history.
 */
function sameHistory(one: Digest, other: Digest): boolean {
  const { common, equal } = commonMarks(one, other);
  return common >= enoughMarks && equal === common;
}

/** Two files of one history: both have events, or runs, that the other one can't have. */
function haveParted(one: Digest, other: Digest): boolean {
  const { common, equal } = commonMarks(one, other);
  if (equal < common) return true;
  // The newest run comes first. An older copy has no run after the newest common one.
  const shared = one.runs.find((run) => other.runs.includes(run));
  return shared !== undefined && one.runs[0] !== shared && other.runs[0] !== shared;
}

function commonMarks(one: Digest, other: Digest): { common: number; equal: number } {
  const instants = new Map(one.marks);
  const common = other.marks.filter(([id]) => instants.has(id));
  return { common: common.length, equal: common.filter(([id, at]) => instants.get(id) === at).length };
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
