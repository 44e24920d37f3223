import { ProblemError } from '../shared/errors.ts';
import { readRegularFile } from '../shared/regular-file.ts';
import type { EpochMs } from '../shared/time.ts';
import { largestSilences, readSilences, type Silences } from './silences.ts';

/** The silenced issues, for the user. The agent ignores an unreadable file; here it throws ProblemError. */
export function listSilences(file: string, now: EpochMs): Silences {
  try {
    readRegularFile(file, largestSilences);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return {};
    const message = `${file} can't be read, so no issue is silenced; \`psso-monitor doctor\` prints the reason.`;
    throw new ProblemError(message, { cause });
  }
  return readSilences(file, now);
}
