import type { Files } from '../files.ts';
import type { Runner } from '../runner.ts';
import type { SessionUser } from '../who.ts';

/** What a reader reads with, and for whom. */
export interface ReaderDependencies {
  readonly runner: Runner;
  readonly files: Files;
  readonly who: SessionUser;
}
