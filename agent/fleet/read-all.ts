import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import * as z from 'zod/mini';
import { ProblemError } from '../shared/errors.ts';
import { childFlags } from '../untrusted/read-in-child.ts';
import { UntrustedDatabaseError } from '../untrusted/untrusted-database-error.ts';
import type { Digest } from './digest.ts';
import type { FoundDatabase } from './find-databases.ts';
import { type ReadingAnswer, type ReadingTask, readingAnswer } from './messages.ts';

export type DatabaseRead =
  | { readonly kind: 'read'; readonly database: FoundDatabase; readonly digest: Digest }
  | { readonly kind: 'skipped'; readonly database: FoundDatabase; readonly error: UntrustedDatabaseError };

/** A file that takes longer is meant to. */
const readTimeoutMs = 60_000;
/** So many requests are under way: the reader never waits, and its answers never pile up. */
const requestsAhead = 32;

/**
 * Reads databases in another process, and answers each in its order. A file that crashes its reader, or keeps it busy, is skipped,
 * and the reader started again for the others. `command`: how this program is started. Throws ProblemError when there is no room for
 * what is to be put together.
 */
export async function* readDatabases(
  databases: readonly FoundDatabase[],
  task: ReadingTask,
  command: readonly string[],
  limitMs = readTimeoutMs,
): AsyncGenerator<DatabaseRead, void> {
  let next = 0;
  while (next < databases.length) {
    const reader = new Reader(task, command);
    let crashed = false;
    try {
      for (const database of databases.slice(next, next + requestsAhead)) reader.ask(database);
      while (next < databases.length && !crashed) {
        const database = databases[next];
        if (database === undefined) break;
        const answer = await reader.answer(limitMs);
        next++;
        if (typeof answer === 'string') {
          crashed = true;
          yield { kind: 'skipped', database, error: new UntrustedDatabaseError('damaged', answer) };
          continue;
        }
        if ('unwritable' in answer)
          throw new ProblemError(`the merged database could not be written: ${answer.unwritable}.`);
        const later = databases[next + requestsAhead - 1];
        if (later !== undefined) reader.ask(later);
        yield 'digest' in answer
          ? { kind: 'read', database, digest: answer.digest }
          : { kind: 'skipped', database, error: new UntrustedDatabaseError(answer.reason, answer.detail) };
      }
    } finally {
      await reader.end(crashed);
    }
  }
}

/** What a file has led its reader to say is believed no more than the file; null for nonsense. */
function answerIn(line: string): ReadingAnswer | null {
  try {
    return z.parse(readingAnswer, JSON.parse(line));
  } catch {
    return null;
  }
}

class Reader {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;
  readonly #closed: Promise<void>;

  constructor(task: ReadingTask, [program = '', ...args]: readonly string[]) {
    this.#child = spawn(program, [...childFlags, ...args, 'read-fleet'], {
      // What a crash prints is worded by Node, for nobody who reads the report.
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.#closed = new Promise((resolve) => {
      this.#child.once('close', () => resolve());
      this.#child.once('error', () => resolve());
    });
    // That it is gone is told by the answer that does not come.
    this.#child.stdin.on('error', () => {});
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
    this.#child.stdin.write(`${JSON.stringify(task)}\n`);
  }

  ask(database: FoundDatabase): void {
    this.#child.stdin.write(`${JSON.stringify(database)}\n`);
  }

  /** A text says why there is none. */
  async answer(limitMs: number): Promise<ReadingAnswer | string> {
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), limitMs);
    const began = performance.now();
    const line = await this.#lines.next();
    clearTimeout(timer);
    if (line.done === true)
      return performance.now() - began >= limitMs ? 'to read it takes too long' : 'its reader crashed';
    return answerIn(line.value) ?? 'its reader was led astray';
  }

  async end(now: boolean): Promise<void> {
    if (now) this.#child.kill('SIGKILL');
    this.#child.stdin.end();
    await this.#closed;
  }
}
