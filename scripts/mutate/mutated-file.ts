import { readFileSync, writeFileSync } from 'node:fs';
import { applied, type Mutant } from './mutant.ts';

/**
 * Writes a mutant into the real file, so that the processes that tests start see it too, and restores the
 * file afterwards. After a kill -9 the mutant stays; `git diff` shows it.
 */
export class MutatedFile {
  readonly path: string;
  readonly source: string;

  constructor(path: string) {
    this.path = path;
    this.source = readFileSync(path, 'utf8');
  }

  async with<T>(mutant: Mutant, work: () => Promise<T>): Promise<T> {
    this.write(mutant);
    try {
      return await work();
    } finally {
      this.restore();
    }
  }

  write(mutant: Mutant): void {
    writeFileSync(this.path, applied(this.source, mutant));
  }

  restore(): void {
    writeFileSync(this.path, this.source);
  }
}
