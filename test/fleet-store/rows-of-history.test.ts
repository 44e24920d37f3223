import { expect, test } from 'vitest';
import { rowOfMac } from '../../agent/fleet/mac-row.ts';
import { noWindowColumns } from '../../agent/fleet-store/advance-record.ts';
import {
  digestOfRecord,
  emptyRecord,
  type HistoryRecord,
  type RecordedIssue,
} from '../../agent/fleet-store/history-record.ts';
import { addRows } from '../../agent/fleet-store/rows-of-history.ts';
import { columnsToSend } from '../../agent/fleet-store/sent-columns.ts';
import { eventColumns } from '../../agent/fleet-store/stored-event.ts';
import { day, hour } from '../../agent/shared/time.ts';

const now = Date.parse('2026-03-02T12:00:00Z');

const openIssue = (issue: string, severity: string, openedAt: number): RecordedIssue => ({
  issue,
  severity,
  openedAt,
  resolvedAt: null,
  macos: '',
  companyPortal: '',
  cause: '',
  causeGrade: '',
  causeSentence: '',
  possibleCause: '',
});

function issueOfMac(record: HistoryRecord): unknown {
  const found: unknown[] = [];
  const owner = { history: 'h', mac: 'mac-1', user: '' };
  const events = eventColumns(columnsToSend('event', []), 0);
  addRows(
    {
      add: () => {},
      addRow: (table, _owner, row) => {
        if (table === 'macs') found.push('issue' in row ? row.issue : null);
      },
    },
    owner,
    { events, windows: noWindowColumns, episodes: [], record },
    { now, complete: true },
  );
  return found[0];
}

test('the issue of a Mac is the one that breaks sign-in, as in the list of the fleet', () => {
  const record: HistoryRecord = {
    ...emptyRecord,
    lastAt: now,
    state: { headline: 'needs-attention', 'last-poll': new Date(now).toISOString() },
    issues: [
      openIssue('ad-bound-or-hybrid-unsupported', 'high', now - 2 * day),
      openIssue('psso-not-registered', 'medium', now - hour),
    ],
  };
  const { openIssues } = rowOfMac('mac-1', digestOfRecord(record, null), {
    since: null,
    now,
    silentAfter: day,
  });
  expect(openIssues[0]).toBe('psso-not-registered');
  expect(issueOfMac(record)).toBe(openIssues[0]);
});
