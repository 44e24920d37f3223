import { statSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { StoreError, type StoreErrorCode } from '../store/errors.ts';
import { openReader } from '../store/reader.ts';
import type { EventFilter, EventRow, StoreReader } from '../store/store.ts';

/** Errors that can occur for a moment while the agent quarantines a damaged database and begins another. */
export const temporaryErrors: ReadonlySet<StoreErrorCode> = new Set([
  'missing',
  'busy',
  'corrupt',
  'cannot-open',
  'io',
  'memory',
  'moved',
]);

/**
 * Yields new events in batches until the signal aborts. Each check costs a stat and a pragma, and no
 * transaction stays open. When another database replaces this one, it continues with the first event of that.
 *
 * `afterId`: yields the events after this id. Throws StoreError for permanent errors.
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
        // All events of the old database were yielded; the new one counts from 1.
        close();
        [file, afterId] = [present, 0];
      } else await wait(everyMs, undefined, { signal }).catch(() => {});
    }
  } finally {
    close();
  }
}

/** The identity of the file; null: there is none. */
function fileOf(path: string): string | null {
  const file = statSync(path, { throwIfNoEntry: false });
  return file === undefined ? null : `${file.dev}:${file.ino}`;
}
