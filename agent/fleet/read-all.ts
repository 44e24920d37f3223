import * as z from 'zod/mini';
import { ProblemError } from '../shared/errors.ts';
import { invalidResponse } from '../untrusted/read-in-child.ts';
import { asUntrustedDatabaseError, UntrustedDatabaseError } from '../untrusted/untrusted-database-error.ts';
import type { Digest } from './digest.ts';
import type { FoundDatabase } from './find-databases.ts';
import { valueIn } from './frames.ts';
import {
  type FinishRequest,
  type ReadingAnswer,
  type ReadingRequest,
  type ReadingTask,
  readingAnswer,
} from './messages.ts';
import { type ReaderPlace, readerPlace } from './reader-place.ts';
import { ReaderProcess, readTimeoutMs } from './reader-process.ts';

export type DatabaseRead =
  | { readonly kind: 'read'; readonly database: FoundDatabase; readonly digest: Digest }
  | { readonly kind: 'skipped'; readonly database: FoundDatabase; readonly error: UntrustedDatabaseError };

/**
 * Reads databases in another process, and yields the results in the same order. Skips a file that crashes or
 * blocks the reader, and restarts the reader. `command` starts this program. The reader of root
 * has no user's rights. Throws ProblemError when the merged database can't be written.
 */
export async function* readDatabases(
  databases: Iterable<FoundDatabase>,
  task: ReadingTask,
  command: readonly string[],
  limitMs = readTimeoutMs,
): AsyncGenerator<DatabaseRead, void> {
  const place = readerPlace(task.scratch, task.merged);
  try {
    yield* readIn(place, task, databases, command, limitMs);
  } finally {
    place.end();
  }
}

async function* readIn(
  place: ReaderPlace,
  task: ReadingTask,
  databases: Iterable<FoundDatabase>,
  command: readonly string[],
  limitMs: number,
): AsyncGenerator<DatabaseRead, void> {
  const later = databases[Symbol.iterator]();
  /** Without an answer yet. A new reader is asked about them again. */
  const asked: FoundDatabase[] = [];
  for (;;) {
    asked.push(...taken(later, place.ahead - asked.length));
    if (asked.length === 0) return;
    const reader = new Reader(place, task, command);
    let crashed = false;
    try {
      for (const database of asked) reader.read(database);
      while (!crashed) {
        const [database] = asked;
        if (database === undefined) break;
        const answer = await reader.answer(limitMs);
        asked.shift();
        if (typeof answer === 'string') {
          crashed = true;
          yield { kind: 'skipped', database, error: new UntrustedDatabaseError('damaged', answer) };
          continue;
        }
        refuseUnwritable(answer);
        for (const more of taken(later, 1)) {
          asked.push(more);
          reader.read(more);
        }
        yield resultOf(database, answer);
      }
    } finally {
      await reader.end(crashed);
    }
  }
}

/** The next ones, at most `count`. */
function taken<T>(from: Iterator<T>, count: number): T[] {
  const found: T[] = [];
  while (found.length < count) {
    const next = from.next();
    if (next.done === true) break;
    found.push(next.value);
  }
  return found;
}

function resultOf(database: FoundDatabase, answer: ReadingAnswer): DatabaseRead {
  if ('digest' in answer) return { kind: 'read', database, digest: answer.digest };
  const { reason, detail } =
    'reason' in answer ? answer : ({ reason: 'damaged', detail: 'the reader gave another answer' } as const);
  return { kind: 'skipped', database, error: new UntrustedDatabaseError(reason, detail) };
}

function refuseUnwritable(answer: ReadingAnswer): void {
  if ('unwritable' in answer)
    throw new ProblemError(`the merged database could not be written: ${answer.unwritable}.`);
}

/**
 * Finishes the merged database, in another process too: a reader wrote it.
 * Throws ProblemError.
 */
export async function finishMerged(
  task: ReadingTask,
  end: FinishRequest,
  command: readonly string[],
): Promise<void> {
  const place = readerPlace(task.scratch, task.merged);
  const reader = new Reader(place, task, command);
  try {
    reader.ask(end);
    const answer = await reader.answer(readTimeoutMs);
    if (typeof answer === 'string')
      throw new ProblemError(`the merged database could not be written: ${answer}.`);
    refuseUnwritable(answer);
  } finally {
    await reader.end(false);
    place.end();
  }
}

/** Null: invalid. A file may control its reader, so the output is validated like the file. */
function answerIn(frame: Buffer): ReadingAnswer | null {
  try {
    return z.parse(readingAnswer, valueIn(frame));
  } catch {
    return null;
  }
}

class Reader {
  readonly #process: ReaderProcess;
  readonly #place: ReaderPlace;
  /** What is answered here already, by the order of the requests; null: the process answers it. */
  readonly #asked: (ReadingAnswer | null)[] = [];

  constructor(place: ReaderPlace, task: ReadingTask, command: readonly string[]) {
    this.#place = place;
    this.#process = new ReaderProcess(command, place);
    const { merged, scratch, areCopies } = place;
    this.#process.send({ ...task, merged, scratch, areCopies });
  }

  read({ mac, path }: FoundDatabase): void {
    try {
      this.ask({ mac, path: this.#place.give(path) });
    } catch (error) {
      const { reason, detail } = asUntrustedDatabaseError(error);
      this.#asked.push({ mac, reason, detail });
    }
  }

  ask(request: ReadingRequest): void {
    this.#asked.push(null);
    this.#process.send(request);
  }

  /** The answer, or the reason why there is none. */
  async answer(limitMs: number): Promise<ReadingAnswer | string> {
    const known = this.#asked.shift() ?? null;
    if (known !== null) return known;
    const frame = await this.#process.frame(limitMs);
    if ('failure' in frame) return frame.failure;
    return answerIn(frame.bytes) ?? invalidResponse;
  }

  async end(now: boolean): Promise<void> {
    await this.#process.end(now);
  }
}
