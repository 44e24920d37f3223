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

  text(stream: StreamName): string {
    return Buffer.concat(this.#chunks[stream]).toString('utf8');
  }

  /** What is still held of it may be held for long. */
  forget(): void {
    this.#chunks.stdout.length = 0;
    this.#chunks.stderr.length = 0;
  }
}
