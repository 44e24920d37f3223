import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openReader } from '../../agent/store/reader.ts';
import type { EventRow } from '../../agent/store/store.ts';

/** The events in this data folder, also of a running agent; none while it creates the database. */
export function recordedEvents(dataDir: string): EventRow[] {
  if (!existsSync(join(dataDir, 'events.db'))) return [];
  try {
    const reader = openReader({ path: join(dataDir, 'events.db') });
    try {
      return reader.events({});
    } finally {
      reader.close();
    }
  } catch {
    return [];
  }
}
