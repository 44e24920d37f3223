/** A change of a version, from an event. */
export interface VersionChange {
  readonly at: number;
  readonly before: string;
  readonly to: string;
}

interface From {
  readonly at: number;
  readonly version: string;
}

/** The versions over time; instants are milliseconds since 1970, UTC. An empty version is unknown. */
export class Versions {
  readonly #all: readonly From[];

  /** The version before the first update is the one that it replaced. */
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

  /** All versions from this instant on, once each. */
  seenSince(instant: number): string[] {
    const later = this.#all.filter(({ at }) => at > instant).map(({ version }) => version);
    return [...new Set([this.at(instant), ...later])].filter((version) => version !== '');
  }
}
