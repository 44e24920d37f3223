import type { SessionUser } from '../../shared/session-user.ts';
import type { Files } from '../files.ts';
import type { Runner } from '../runner.ts';

/** What a reader reads with, and for whom. */
export interface ReaderDependencies {
  readonly runner: Runner;
  readonly files: Files;
  readonly who: SessionUser;
}
