export type StreamName = 'stdout' | 'stderr';

/** Gathers what a command prints, up to a limit for both streams together. */
export class OutputCollector {
  readonly #chunks: { readonly stdout: Buffer[]; readonly stderr: Buffer[] } = { stdout: [], stderr: [] };
  readonly #limitBytes: number;
  readonly #onLimit: () => void;
  #size = 0;

  constructor(limitBytes: number, onLimit: () => void) {
    this.#limitBytes = limitBytes;
    this.#onLimit = onLimit;
  }

  take(stream: StreamName, chunk: Buffer): void {
    if (this.#size > this.#limitBytes) return;
    this.#size += chunk.byteLength;
    if (this.#size <= this.#limitBytes) this.#chunks[stream].push(chunk);
    else this.#onLimit();
  }

  text(stream: StreamName): string {
    const [first, ...others] = this.#chunks[stream];
    if (first === undefined) return '';
    return (others.length === 0 ? first : Buffer.concat([first, ...others])).toString('utf8');
  }
}
