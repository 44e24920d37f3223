// publish/: what the agent writes for other programs after a poll: `state.plist`, the stored identity, open
// issues in the unified log.

import { existsSync } from 'node:fs';
import { writeAtomicFile } from '../shared/atomic-file.ts';
import { type EpochMs, toIso } from '../shared/time.ts';
import { openReader } from '../store/reader.ts';
import { publishedState, statePlist } from './state-plist.ts';

/**
 * Writes `state.plist` beside the database for other programs: SupportApp, a Munki condition, an extension
 * attribute. The write is atomic, and happens only when the content changed or the file is missing.
 */
export function createStateFile(options: {
  readonly database: string;
  readonly file: string;
  readonly agentVersion: string;
}): (now: EpochMs, checkIntervalSeconds: number) => void {
  const { database, file, agentVersion } = options;
  let last: string | null = null;
  return (now, checkIntervalSeconds) => {
    const reader = openReader({ path: database });
    try {
      const published = publishedState(reader.state(), reader.issues(), {
        checkIntervalSeconds,
        agentVersion,
      });
      const content = JSON.stringify(published);
      if (content === last && existsSync(file)) return;
      writeAtomicFile(file, statePlist(published, toIso(now)), { durable: true });
      last = content;
    } finally {
      reader.close();
    }
  };
}
