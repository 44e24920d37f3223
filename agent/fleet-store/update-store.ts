// fleet-store/: the incremental store of a fleet in Parquet, with its ledger, compaction and summary, and
// its records as NDJSON and OpenTelemetry. `updateStore` brings in what is new.

import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import type { NamedDatabase, NamedDatabases } from '../fleet/found-databases.ts';
import { letNewSpaceGrow } from '../shared/new-space.ts';
import { sanitiseLine } from '../shared/safe-text.ts';
import { withTemporaryFiles } from '../shared/temporary-files.ts';
import { temporaryFolder } from '../shared/temporary-folder.ts';
import type { EpochMs } from '../shared/time.ts';
import { UntrustedDatabaseError } from '../untrusted/untrusted-database-error.ts';
import { finishCompaction } from './compact.ts';
import { type ChangedFile, HistoryIntake } from './history-intake.ts';
import { Ledger } from './ledger.ts';
import { MonthFiles } from './month-files.ts';
import { NumberSpace } from './number-list.ts';
import { unwritable } from './store-errors.ts';
import { deleteUnfinished } from './store-folder.ts';
import { UntrustedReader } from './untrusted-reader.ts';

/** A run of more rows is several runs, so that a kill costs minutes at most. */
const rowsOfRun = 2_000_000;
/** The ledger's records of so many changed databases are unpacked at once. More would take more memory. */
const askedAtOnce = 4;

export interface UpdateOptions {
  readonly now: EpochMs;
  /** The command that starts this program. */
  readonly command: readonly string[];
  readonly progress: (text: string) => void;
}

export interface Updated {
  readonly unchanged: number;
  readonly changed: number;
  readonly skipped: { file: string; reason: string }[];
}

/**
 * Brings the new rows of these databases into the store. A file with the size and the modification time of
 * the last run is not opened. At any moment the process can be killed: what the ledger knows is complete, and
 * the rest is read again by the next run.
 */
export async function updateStore(
  store: string,
  found: NamedDatabases,
  options: UpdateOptions,
): Promise<Updated> {
  const ledger = new Ledger(store, 'make');
  const scratch = temporaryFolder('fleet', tmpdir());
  try {
    finishCompaction(store, ledger);
    deleteUnfinished(store, ledger.run);
    return await withTemporaryFiles([scratch], () => new Update(store, ledger, options, scratch).run(found));
  } finally {
    ledger.close();
  }
}

class Update {
  readonly #store: string;
  readonly #ledger: Ledger;
  readonly #options: UpdateOptions;
  readonly #reader: UntrustedReader<NamedDatabase>;
  readonly #intake: HistoryIntake;
  readonly #skipped: { file: string; reason: string }[] = [];
  readonly #space = new NumberSpace();
  #files: MonthFiles;
  #changed = 0;
  #unchanged = 0;

  constructor(store: string, ledger: Ledger, options: UpdateOptions, scratch: string) {
    this.#store = store;
    this.#ledger = ledger;
    this.#options = options;
    this.#reader = new UntrustedReader(options.command, scratch);
    this.#intake = new HistoryIntake(ledger, options.now);
    this.#files = this.#nextFiles();
  }

  async run(found: NamedDatabases): Promise<Updated> {
    try {
      let [compared, changed]: [number, ChangedFile[]] = [0, []];
      for (const database of found) {
        changed.push(...this.#changedFile(database));
        compared++;
        if (compared % 500 === 0) this.#say(`${compared} of ${found.length} compared`);
        if (changed.length < askedAtOnce) continue;
        await this.#askFor(changed);
        changed = [];
      }
      await this.#askFor(changed);
      while (this.#reader.isWaiting) await this.#takeNext();
      // A run that brings nothing in has no number.
      if (this.#changed > 0 || this.#files.rows > 0) {
        this.#say('Writing the store…');
        this.#finishRun();
      }
    } catch (error) {
      this.#files.abandon();
      throw isOfSystem(error) ? unwritable(this.#store, error.message, error) : error;
    } finally {
      await this.#reader.end();
    }
    return { unchanged: this.#unchanged, changed: this.#changed, skipped: this.#skipped };
  }

  /** None: its stamp is that of the last run. */
  #changedFile(about: NamedDatabase): ChangedFile[] {
    const path = resolve(about.path);
    const [stamp, known] = [stampOf(path), this.#ledger.file(path)];
    if (known === undefined || known.stamp !== stamp) return [{ about, path, stamp, known }];
    this.#unchanged++;
    return [];
  }

  async #askFor(changed: readonly ChangedFile[]): Promise<void> {
    if (changed.length > 0) letNewSpaceGrow();
    for (const asked of this.#intake.firstRequests(changed)) {
      while (this.#reader.isFull) await this.#takeNext();
      this.#reader.ask(asked);
    }
  }

  async #takeNext(): Promise<void> {
    const { about, request, answer } = await this.#reader.next();
    try {
      if (answer instanceof UntrustedDatabaseError) throw answer;
      const again = this.#intake.take(about, request, answer, this.#files);
      if (again !== null) {
        this.#reader.ask({ about, request: again });
        return;
      }
      this.#changed++;
      if (this.#changed % 50 === 0) this.#say(`${this.#changed} changed databases read`);
    } catch (error) {
      if (!(error instanceof UntrustedDatabaseError)) throw error;
      this.#intake.forget(about.path);
      this.#skipped.push({ file: sanitiseLine(about.path), reason: error.message });
    }
    // Between two answers of one database, the ledger would not know its files.
    if (this.#files.rows >= rowsOfRun && !this.#intake.isReadingParts) this.#finishRun();
  }

  /** The files first, then the ledger. */
  #finishRun(): void {
    const run = this.#ledger.run + 1;
    this.#files.finish((path, sha256) => this.#ledger.saveHash(path, sha256));
    this.#ledger.commit(run);
    this.#files = this.#nextFiles();
  }

  #nextFiles(): MonthFiles {
    return new MonthFiles(this.#store, {
      run: this.#ledger.run + 1,
      now: this.#options.now,
      keptSince: this.#ledger.number('kept-since'),
      space: this.#space,
    });
  }

  #say(text: string): void {
    this.#options.progress(text);
  }
}

/** Size and modification time of a database and of its WAL, which is read with it. */
function stampOf(path: string): string {
  return [path, `${path}-wal`]
    .map((file) => {
      const stat = statSync(file, { throwIfNoEntry: false, bigint: true });
      return stat === undefined ? '-' : `${stat.size}:${stat.mtimeNs}:${stat.ino}`;
    })
    .join(' ');
}

/** Of the file system: the ledger's own errors are ProblemErrors. */
function isOfSystem(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && /^E[A-Z]+$/.test(String(error.code));
}
