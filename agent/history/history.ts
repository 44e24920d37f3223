import type { EpochMs } from '../shared/time.ts';
import type { EventRow, IssueRow, StateRow, StoreReader, SyncRow } from '../store/store.ts';

/** What the public views of one database say. */
export interface History {
  /** By number. */
  readonly events: readonly EventRow[];
  readonly issues: readonly IssueRow[];
  readonly sync: readonly SyncRow[];
  readonly state: readonly StateRow[];
}

/** `since`: older events are left out; issues and cycles that went on after it stay. */
export function historyOf(reader: StoreReader, since?: EpochMs): History {
  return {
    events: reader.events(since === undefined ? {} : { since }),
    issues: reader.issues(),
    sync: reader.sync(),
    state: reader.state(),
  };
}

/** Earlier or later, the page's calendar has no such day: the database is damaged there. */
const earliest = Date.UTC(2000, 0, 1);
const latest = Date.UTC(2200, 0, 1);

/** Null for what is empty or no instant. */
export function instantOf(iso: unknown): EpochMs | null {
  if (typeof iso !== 'string' || iso === '') return null;
  const at = Date.parse(iso);
  return at >= earliest && at < latest ? at : null;
}

/** What was seen at an event; empty for what can't be read. */
export function detailOf(event: Pick<EventRow, 'detail'>): Readonly<Record<string, unknown>> {
  try {
    const detail: unknown = JSON.parse(event.detail);
    return typeof detail === 'object' && detail !== null && !Array.isArray(detail) ? { ...detail } : {};
  } catch {
    return {};
  }
}
