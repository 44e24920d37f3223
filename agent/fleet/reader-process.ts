import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { childFlags } from '../untrusted/read-in-child.ts';
import type { ReaderPlace } from './reader-place.ts';

/** Far longer than any valid file takes. */
export const readTimeoutMs = 60_000;

/**
 * The process that opens databases which are not ours: without the caller's environment, with the rights of
 * its place, and with the permission to write into its scratch folder only. One request a line, one answer a
 * line. `command` starts this program.
 */
export class ReaderProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;
  readonly #closed: Promise<void>;

  constructor(
    [program = '', ...args]: readonly string[],
    { scratch, rights }: Pick<ReaderPlace, 'scratch' | 'rights'>,
    options: readonly string[] = [],
  ) {
    const flags = [...childFlags, `--allow-fs-write=${scratch}`];
    // Outside of every folder with a file to open by name.
    this.#child = spawn(program, [...flags, ...args, 'read-fleet', ...rights, ...options], {
      cwd: '/',
      env: {},
      // Node's own crash messages are not for the reader of the report.
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.#closed = new Promise((resolve) => {
      this.#child.once('close', () => resolve());
      this.#child.once('error', () => resolve());
    });
    // A write to an ended process: `line` reports the missing answer.
    this.#child.stdin.on('error', () => {});
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  send(request: unknown): void {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
  }

  /** The next answer, or the reason why there is none. */
  async line(limitMs: number): Promise<{ readonly text: string } | { readonly failure: string }> {
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), limitMs);
    const began = performance.now();
    const line = await this.#lines.next();
    clearTimeout(timer);
    if (line.done !== true) return { text: line.value };
    const late = performance.now() - began >= limitMs;
    return { failure: late ? 'reading took too long' : 'the database reader crashed' };
  }

  async end(now: boolean): Promise<void> {
    if (now) this.#child.kill('SIGKILL');
    this.#child.stdin.end();
    await this.#closed;
  }
}
