import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openReader } from '../../agent/store/reader.ts';
import type { StoreReader } from '../../agent/store/store.ts';

/** What `read` returns of the history in this data folder; `none` while the agent creates the database. */
export function readHistory<T>(dataDir: string, read: (reader: StoreReader) => T, none: T): T {
  const path = join(dataDir, 'events.db');
  if (!existsSync(path)) return none;
  try {
    const reader = openReader({ path });
    try {
      return read(reader);
    } finally {
      reader.close();
    }
  } catch {
    return none;
  }
}
