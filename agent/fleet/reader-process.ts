import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { childFlags, invalidResponse } from '../untrusted/read-in-child.ts';
import { Frames } from './frames.ts';
import type { ReaderPlace } from './reader-place.ts';

/** Far longer than any valid file takes. */
export const readTimeoutMs = 60_000;

/**
 * The process that opens databases which are not ours: without the caller's environment, with the rights of
 * its place, and with the permission to write into its scratch folder only. One request a line of JSON, one
 * answer a frame. `command` starts this program.
 */
export class ReaderProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #frames: Frames;
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
    // A write to an ended process: `frame` reports the missing answer.
    this.#child.stdin.on('error', () => {});
    this.#frames = new Frames(this.#child.stdout);
  }

  send(request: unknown): void {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
  }

  /** The frame of the next answer, or the reason why there is none. */
  async frame(limitMs: number): Promise<{ readonly bytes: Buffer } | { readonly failure: string }> {
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), limitMs);
    const began = performance.now();
    const frame = await this.#frames.next();
    clearTimeout(timer);
    if (frame instanceof Buffer) return { bytes: frame };
    if (frame === 'invalid') return { failure: invalidResponse };
    const late = performance.now() - began >= limitMs;
    return { failure: late ? 'reading took too long' : 'the database reader crashed' };
  }

  /** Waits until the process has ended. It is killed `now`, or when the limit is over. */
  async end(now: boolean, limitMs = readTimeoutMs): Promise<void> {
    if (now) this.#child.kill('SIGKILL');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), limitMs);
    this.#child.stdin.end();
    // Node reports no end of a process while its output is unread.
    this.#child.stdout.destroy();
    await this.#closed;
    clearTimeout(timer);
  }
}
