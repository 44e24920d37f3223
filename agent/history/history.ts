// history/: one recorded history, read only: state in words, timeline, evidence, advice, attributes.
// `report`, `fleet`, `diagnose` and the commands share it, so that they say the same.

import type { EpochMs } from '../shared/time.ts';
import type { EventRow, IssueRow, StateRow, StoreReader, SyncRow } from '../store/store.ts';

/** The events with the evidence of an issue. */
export const evidenceKinds: readonly string[] = ['issue-opened', 'issue-updated'];

/** The rows of the public views of one database. */
export interface History {
  /** Sorted by id. */
  readonly events: readonly EventRow[];
  /** The events with the evidence of issues, also the older ones that `events` leaves out. */
  readonly evidence: readonly EventRow[];
  readonly issues: readonly IssueRow[];
  readonly sync: readonly SyncRow[];
  readonly state: readonly StateRow[];
}

/** `since`: without older events; issues and cycles that ended after it stay. */
export function historyOf(reader: StoreReader, since?: EpochMs): History {
  return {
    events: reader.events(since === undefined ? {} : { since }),
    evidence: reader.events({ kinds: evidenceKinds }),
    issues: reader.issues(),
    sync: reader.sync(),
    state: reader.state(),
  };
}

/** Instants outside this range come from a damaged database. */
const earliest = Date.UTC(2000, 0, 1);
const latest = Date.UTC(2200, 0, 1);

/** null: empty, not an instant, or out of range. */
export function instantOf(iso: unknown): EpochMs | null {
  if (typeof iso !== 'string' || iso === '') return null;
  const at = Date.parse(iso);
  return at >= earliest && at < latest ? at : null;
}

/** The detail of an event; empty when it can't be parsed. */
export function detailOf(event: Pick<EventRow, 'detail'>): Readonly<Record<string, unknown>> {
  try {
    const detail: unknown = JSON.parse(event.detail);
    return typeof detail === 'object' && detail !== null && !Array.isArray(detail) ? { ...detail } : {};
  } catch {
    return {};
  }
}

/** Whether the user was shown a notification of an issue, and not that of `notify --test`. */
export function isShownNotification(event: Pick<EventRow, 'kind' | 'detail'>): boolean {
  return event.kind === 'notification-shown' && detailOf(event).purpose !== 'test';
}
