import type { SessionUser } from '../../shared/session-user.ts';
import type { Files } from '../files.ts';
import type { Runner } from '../runner.ts';

/** The dependencies of every source: commands, files, and the session user. */
export interface ReaderDependencies {
  readonly runner: Runner;
  readonly files: Files;
  readonly who: SessionUser;
}
