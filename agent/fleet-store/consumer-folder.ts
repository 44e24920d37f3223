import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { placeFileAsync, writeAtomicFile } from '../shared/atomic-file.ts';
import { ProblemError, UsageError } from '../shared/errors.ts';
import { readRegularText } from '../shared/regular-file.ts';
import { partialEnding } from './parquet-file.ts';

/** What the files of a folder hold: one form in each folder. */
const consumerForms = ['ndjson', 'otel'] as const;
export type ConsumerForm = (typeof consumerForms)[number];

const positionShape = z.object({
  form: z.enum(consumerForms),
  /** The id of the store whose records the folder has. */
  store: z.string(),
  /** The name of this folder in the ledger of the store, and in its files. */
  consumer: z.string(),
  /** The last run of the store whose records the folder has, or had. */
  run: z.int(),
});
type Position = z.infer<typeof positionShape>;

const largestPosition = 4_096;

/** A file is written in pieces of this many characters. */
const pieceLength = 1_000_000;

/**
 * A folder that a log shipper reads. It has a file for each run of the store, which gets its name when it is
 * complete, and `position.json`, which is written after the file. The shipper may delete the files.
 */
export class ConsumerFolder {
  readonly #path: string;
  readonly #mode: number;
  /** It had no position: it gets all records. */
  readonly isNew: boolean;
  #position: Position;

  /** Creates the folder, private to this user. Throws UsageError and ProblemError. */
  constructor(path: string, form: ConsumerForm, store: { readonly id: string; readonly run: number }) {
    this.#path = path;
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === false)
      throw new UsageError(`${path} is a file; with --store, --${form} takes a folder.`);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    // A group that may read the folder may read its files: a log shipper has another user.
    this.#mode = 0o600 | (statSync(path).mode & 0o040);
    const known = positionIn(path);
    this.#position = known ?? { form, store: store.id, consumer: randomBytes(4).toString('hex'), run: 0 };
    this.isNew = known === null;
    if (this.isNew) this.has(0);
    refuseOther(path, this.#position, form, store);
    for (const name of readdirSync(path).filter((name) => /^psso-monitor-.*\.partial$/.test(name)))
      rmSync(join(path, name), { force: true });
  }

  get consumer(): string {
    return this.#position.consumer;
  }

  get run(): number {
    return this.#position.run;
  }

  /** Writes the file of a run. An existing one is of a call that was killed after it: it is complete. */
  async write(run: number, texts: AsyncIterable<string>): Promise<void> {
    // With the folder's own name: a file from before a deleted position is not taken for a new one.
    const name = `psso-monitor-${this.consumer}-${String(run).padStart(6, '0')}.ndjson`;
    const path = join(this.#path, name);
    if (existsSync(path)) return;
    const temporary = path + partialEnding;
    await placeFileAsync(path, () => this.#fill(temporary, texts), { temporary });
  }

  /** Remembers that the folder has all records up to this run. */
  has(run: number): void {
    this.#position = { ...this.#position, run };
    writeAtomicFile(positionPath(this.#path), `${JSON.stringify(this.#position)}\n`, { durable: true });
  }

  async #fill(path: string, texts: AsyncIterable<string>): Promise<void> {
    const file = openSync(path, 'w', 0o600);
    try {
      let piece = '';
      for await (const text of texts) {
        piece += text;
        if (piece.length < pieceLength) continue;
        writeAll(file, piece);
        piece = '';
      }
      writeAll(file, piece);
      fchmodSync(file, this.#mode);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }
}

function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}

const positionPath = (folder: string) => join(folder, 'position.json');

/** Null: the folder is new. Throws ProblemError. */
function positionIn(folder: string): Position | null {
  const path = positionPath(folder);
  if (!existsSync(path)) return null;
  try {
    return z.parse(positionShape, JSON.parse(readRegularText(path, largestPosition)));
  } catch (cause) {
    throw new ProblemError(
      `${path} can't be read: it lists the records that the folder has. Restore it, or delete it: then all records are written again.`,
      { cause },
    );
  }
}

function refuseOther(
  path: string,
  position: Position,
  form: ConsumerForm,
  store: { readonly id: string; readonly run: number },
): void {
  const instead = `Name another folder, or delete ${positionPath(path)}: then all records are written again.`;
  if (position.form !== form)
    throw new ProblemError(`${path} is a folder of --${position.form}, not of --${form}. ${instead}`);
  if (position.store !== store.id)
    throw new ProblemError(`${path} has the records of another store. ${instead}`);
  if (position.run > store.run)
    throw new ProblemError(
      `${path} has records of later runs than the store, which was restored. ${instead}`,
    );
}
