import type { Reading } from '../../shared/reading.ts';
import type { EpochMs } from '../../shared/time.ts';
import type { Runner } from '../runner.ts';
import { outputOf } from './outcome.ts';

/**
 * The unified log's lines of Platform SSO since an instant, as NDJSON for the log parser. macOS denies
 * standard users the log store, so the log is not part of an observation. The start is in seconds since 1970:
 * a date would be taken as local time.
 */
export async function readLog(runner: Runner, since: EpochMs): Promise<Reading<string>> {
  const start = `@${Math.floor(since / 1000)}`;
  const predicate = 'subsystem == "com.apple.AppSSO"';
  const args = ['show', '--style', 'ndjson', '--start', start, '--predicate', predicate];
  return outputOf('log', await runner.run('log', args));
}
