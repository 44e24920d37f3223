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

/** Far longer than any valid file takes. */
const readTimeoutMs = 60_000;
/** The number of open requests: the reader does not wait, and the pipe does not fill up. */
const requestsAhead = 32;

/**
 * Reads databases in another process, and yields the results in the same order. Skips a file that crashes or
 * blocks the reader, and restarts the reader. `command` starts this program. Throws ProblemError when the
 * merged database can't be written.
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

/** Null: invalid. A file may control its reader, so the output is validated like the file. */
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
    const flags = [...childFlags, `--allow-fs-write=${task.scratch}`];
    this.#child = spawn(program, [...flags, ...args, 'read-fleet'], {
      // Node's own crash messages are not for the reader of the report.
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.#closed = new Promise((resolve) => {
      this.#child.once('close', () => resolve());
      this.#child.once('error', () => resolve());
    });
    // A write to an ended reader: `answer` reports the missing answer.
    this.#child.stdin.on('error', () => {});
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
    this.#child.stdin.write(`${JSON.stringify(task)}\n`);
  }

  ask(database: FoundDatabase): void {
    this.#child.stdin.write(`${JSON.stringify(database)}\n`);
  }

  /** The answer, or the reason why there is none. */
  async answer(limitMs: number): Promise<ReadingAnswer | string> {
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), limitMs);
    const began = performance.now();
    const line = await this.#lines.next();
    clearTimeout(timer);
    if (line.done === true)
      return performance.now() - began >= limitMs ? 'reading took too long' : 'the database reader crashed';
    return answerIn(line.value) ?? 'the database reader returned an invalid response';
  }

  async end(now: boolean): Promise<void> {
    if (now) this.#child.kill('SIGKILL');
    this.#child.stdin.end();
    await this.#closed;
  }
}
