import { statSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { StoreError, type StoreErrorCode } from '../store/errors.ts';
import { openReader } from '../store/reader.ts';
import type { EventFilter, EventRow, StoreReader } from '../store/store.ts';

/** What may be so for a moment while the agent sets a damaged database aside and begins another. */
const temporaryErrors: ReadonlySet<StoreErrorCode> = new Set([
  'missing',
  'busy',
  'corrupt',
  'cannot-open',
  'io',
  'moved',
]);

/**
 * Events as they are written, in batches, until the signal is given. Costs a stat and a pragma each time it looks, and keeps
 * no transaction open. When the database is replaced by another, it goes on with that one from its beginning.
 *
 * `afterId`: the number after which it begins. Throws StoreError for what waiting does not mend.
 */
export async function* follow(options: {
  readonly path: string;
  readonly filter: Omit<EventFilter, 'afterId' | 'last'>;
  readonly afterId: number;
  readonly signal: AbortSignal;
  readonly everyMs?: number;
}): AsyncGenerator<EventRow[], void> {
  const { path, filter, signal, everyMs = 500 } = options;
  let { afterId } = options;
  let file = fileOf(path);
  let reader: StoreReader | null = null;
  let seen: number | null = null;
  const close = () => {
    reader?.close();
    [reader, seen] = [null, null];
  };
  try {
    while (!signal.aborted) {
      const present = fileOf(path);
      const replaced = present !== null && present !== file;
      try {
        if (present !== null && !replaced) reader ??= openReader({ path });
        const writes = reader?.writes() ?? null;
        if (reader !== null && writes !== seen) {
          seen = writes;
          const rows = reader.events({ ...filter, afterId });
          afterId = rows.reduce((newest, { id }) => Math.max(newest, Number(id)), afterId);
          if (rows.length > 0) yield rows;
        }
      } catch (error) {
        if (!(error instanceof StoreError) || !temporaryErrors.has(error.code)) throw error;
        close();
      }
      if (replaced) {
        // What the old one still had has been told; the new one counts from 1.
        close();
        [file, afterId] = [present, 0];
      } else await wait(everyMs, undefined, { signal }).catch(() => {});
    }
  } finally {
    close();
  }
}

/** Which file it is; null while there is none. */
function fileOf(path: string): string | null {
  const file = statSync(path, { throwIfNoEntry: false });
  return file === undefined ? null : `${file.dev}:${file.ino}`;
}
