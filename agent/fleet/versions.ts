/** A change of a version, as an event tells it. */
export interface VersionChange {
  readonly at: number;
  readonly before: string;
  readonly to: string;
}

interface From {
  readonly at: number;
  readonly version: string;
}

/** Which version was there from when on; instants are milliseconds since 1970, UTC. A version that isn't known is empty. */
export class Versions {
  readonly #all: readonly From[];

  /** What came before the first update is what that update replaced. */
  constructor(updates: readonly VersionChange[], present: string) {
    const [first] = updates;
    this.#all =
      first === undefined
        ? [{ at: -Infinity, version: present }]
        : [{ at: -Infinity, version: first.before }, ...updates.map(({ at, to }) => ({ at, version: to }))];
  }

  at(instant: number): string {
    return this.#all.findLast((one) => one.at <= instant)?.version ?? '';
  }

  /** Each that was there at some time from then on, once. */
  seenSince(instant: number): string[] {
    const later = this.#all.filter(({ at }) => at > instant).map(({ version }) => version);
    return [...new Set([this.at(instant), ...later])].filter((version) => version !== '');
  }
}
