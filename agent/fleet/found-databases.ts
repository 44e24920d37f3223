import { sep } from 'node:path';
import { sanitiseLine } from '../shared/safe-text.ts';
import { DiskRows } from './disk-rows.ts';
import type { FoundDatabase } from './find-databases.ts';

/** A database with a name that is safe to print, and that no other one has. */
export type NamedDatabase = Required<FoundDatabase>;

/** Read one after the other, and more than once. */
export type NamedDatabases = Iterable<NamedDatabase> & { readonly length: number };

/** The databases of a fleet by name, on the disk. Two files of one Mac are found later, by content. */
export class FoundDatabases implements NamedDatabases {
  readonly #found = new DiskRows<NamedDatabase>();

  get length(): number {
    return this.#found.length;
  }

  add({ mac, host = mac, path }: FoundDatabase): void {
    const plain = sanitiseLine(mac);
    // A line break sorts before every character of a name, so `NAME/events.db` comes before `NAME.db`.
    const key = [plain, ...path.split(sep)].join('\n');
    this.#found.add({ mac: plain, host: sanitiseLine(host), path }, key);
  }

  /** Equal names are neighbours, in the order of their paths; the second of `NAME` becomes `NAME (2)`. */
  *[Symbol.iterator](): Generator<NamedDatabase, void> {
    const numbered = new Set<string>();
    // Measured: V8 keeps each text that a Set was asked for, until a full garbage collection.
    const isNumbered = (name: string) => numbered.size > 0 && numbered.has(name);
    let last: string | null = null;
    for (const database of this.#found) {
      const { mac } = database;
      let name = mac;
      for (let number = 2; name === last || isNumbered(name); number++) name = `${mac} (${number})`;
      if (name !== mac) numbered.add(name);
      last = mac;
      yield { ...database, mac: name };
    }
  }
}
