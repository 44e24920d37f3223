import type { ChildProcess } from 'node:child_process';

/** Gathers what a command prints, up to a limit for both streams together. */
export class OutputCollector {
  readonly #child: ChildProcess;
  readonly #chunks: { readonly stdout: Buffer[]; readonly stderr: Buffer[] } = { stdout: [], stderr: [] };
  #size = 0;

  constructor(child: ChildProcess, limitBytes: number, onLimit: () => void) {
    this.#child = child;
    for (const name of ['stdout', 'stderr'] as const) {
      child[name]?.on('data', (chunk: Buffer) => {
        if (this.#size > limitBytes) return;
        this.#size += chunk.byteLength;
        if (this.#size <= limitBytes) this.#chunks[name].push(chunk);
        else onLimit();
      });
      // A stream that breaks leaves what came before; the exit status tells the rest.
      child[name]?.on('error', () => {});
    }
  }

  stdout(): string {
    return Buffer.concat(this.#chunks.stdout).toString('utf8');
  }

  stderr(): string {
    return Buffer.concat(this.#chunks.stderr).toString('utf8');
  }

  /** Lets go of the streams, whoever else still holds their other ends. */
  release(): void {
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
  }
}
