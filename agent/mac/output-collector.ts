import type { StreamName } from './processes/start.ts';

/** Gathers what a command prints, up to a limit for both streams together. */
export class OutputCollector {
  readonly #chunks: { readonly stdout: Uint8Array[]; readonly stderr: Uint8Array[] } = {
    stdout: [],
    stderr: [],
  };
  readonly #limitBytes: number;
  readonly #onLimit: () => void;
  #size = 0;

  constructor(limitBytes: number, onLimit: () => void) {
    this.#limitBytes = limitBytes;
    this.#onLimit = onLimit;
  }

  take(stream: StreamName, chunk: Uint8Array): void {
    if (this.#size > this.#limitBytes) return;
    this.#size += chunk.byteLength;
    if (this.#size <= this.#limitBytes) this.#chunks[stream].push(chunk);
    else this.#onLimit();
  }

  /** What came in one piece, as nearly everything does, is not copied: copies would fill Node's pool of buffers, 64 kB each time. */
  text(stream: StreamName): string {
    const [first, ...others] = this.#chunks[stream];
    if (first === undefined) return '';
    const whole =
      others.length === 0
        ? Buffer.from(first.buffer, first.byteOffset, first.byteLength)
        : Buffer.concat([first, ...others]);
    return whole.toString('utf8');
  }

  /** What is still held of it may be held for long. */
  forget(): void {
    this.#chunks.stdout.length = 0;
    this.#chunks.stderr.length = 0;
  }
}
