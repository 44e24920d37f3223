import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import * as z from 'zod/mini';
import { childFlags } from '../untrusted/read-in-child.ts';
import { UntrustedDatabaseError } from '../untrusted/untrusted-database-error.ts';
import { type NewRows, type NewRowsRequest, newRowsAnswer } from './new-rows.ts';

/** Far longer than any valid file takes. */
const readTimeoutMs = 60_000;

interface Asked<About> {
  readonly about: About;
  readonly request: NewRowsRequest;
}

export interface Answered<About> extends Asked<About> {
  readonly answer: NewRows | UntrustedDatabaseError;
}

/**
 * Reads databases in another process. Answers come in the order of the requests. A file that crashes or
 * blocks the process gives an error, and the next request starts a new process.
 */
export class UntrustedReader<About> {
  readonly #command: readonly string[];
  readonly #scratch: string;
  readonly #asked: Asked<About>[] = [];
  #process: ReaderProcess | null = null;

  constructor(command: readonly string[], scratch: string) {
    this.#command = command;
    this.#scratch = scratch;
  }

  /** The number of requests without an answer. */
  get waiting(): number {
    return this.#asked.length;
  }

  ask(asked: Asked<About>): void {
    this.#asked.push(asked);
    this.#process?.send(asked.request);
  }

  /** The answer to the oldest request. */
  async next(): Promise<Answered<About>> {
    const reader = this.#running();
    const [asked] = this.#asked;
    if (asked === undefined) throw new Error('no request waits for an answer');
    const line = await reader.line();
    this.#asked.shift();
    if ('failure' in line) {
      await this.#end(true);
      return { ...asked, answer: new UntrustedDatabaseError('damaged', line.failure) };
    }
    return { ...asked, answer: answerIn(line.text) };
  }

  async end(): Promise<void> {
    await this.#end(false);
  }

  async #end(now: boolean): Promise<void> {
    const ended = this.#process;
    this.#process = null;
    await ended?.end(now);
  }

  #running(): ReaderProcess {
    if (this.#process !== null) return this.#process;
    const started = new ReaderProcess(this.#command, this.#scratch);
    for (const { request } of this.#asked) started.send(request);
    this.#process = started;
    return started;
  }
}

/** A file may control its reader, so the output is validated like the file. */
function answerIn(line: string): NewRows | UntrustedDatabaseError {
  try {
    const answer = z.parse(newRowsAnswer, JSON.parse(line));
    return 'reason' in answer ? new UntrustedDatabaseError(answer.reason, answer.detail) : answer;
  } catch (error) {
    return new UntrustedDatabaseError('damaged', 'the database reader returned an invalid response', error);
  }
}

class ReaderProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;
  readonly #closed: Promise<void>;

  constructor([program = '', ...args]: readonly string[], scratch: string) {
    const flags = [...childFlags, `--allow-fs-write=${scratch}`];
    this.#child = spawn(program, [...flags, ...args, 'read-fleet', '--new-rows', scratch], {
      // Node's own crash messages are not for the reader of the report.
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.#closed = new Promise((resolve) => {
      this.#child.once('close', () => resolve());
      this.#child.once('error', () => resolve());
    });
    // A write to an ended reader: `line` reports the missing answer.
    this.#child.stdin.on('error', () => {});
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  send(request: NewRowsRequest): void {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
  }

  async line(): Promise<{ readonly text: string } | { readonly failure: string }> {
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), readTimeoutMs);
    const began = performance.now();
    const line = await this.#lines.next();
    clearTimeout(timer);
    if (line.done !== true) return { text: line.value };
    const late = performance.now() - began >= readTimeoutMs;
    return { failure: late ? 'reading took too long' : 'the database reader crashed' };
  }

  async end(now: boolean): Promise<void> {
    if (now) this.#child.kill('SIGKILL');
    this.#child.stdin.end();
    await this.#closed;
  }
}
