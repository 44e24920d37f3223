import { openByWeight } from '../assess/trouble.ts';
import { provenByMac } from '../fleet/proven-by-mac.ts';
import { Versions } from '../fleet/versions.ts';
import { instantOf } from '../history/history.ts';
import { breaksSignIn, isAlsoNoticed } from '../issues/issues.ts';
import { day, type EpochMs } from '../shared/time.ts';
import type { EpisodeCells, WindowColumns } from './advance-record.ts';
import { type HistoryRecord, isPossible } from './history-record.ts';
import type { MonthFiles } from './month-files.ts';
import type { NamedRow, Owner } from './store-tables.ts';
import type { EventColumns } from './stored-event.ts';

type Unowned<Table extends 'issues' | 'macs'> = Omit<NamedRow<Table>, keyof Owner>;

interface Added {
  readonly events: EventColumns;
  readonly windows: WindowColumns;
  readonly episodes: readonly EpisodeCells[];
  readonly record: HistoryRecord;
}

/** Where rows go: the store's files, or lines for a log platform. */
export type RowTarget = Pick<MonthFiles, 'add' | 'addRow'>;

/** Adds the rows of one reading. `complete`: the state of the Mac is known, and makes a row of `macs`. */
export function addRows(
  files: RowTarget,
  owner: Owner,
  { events, windows, episodes, record }: Added,
  { now, complete }: { readonly now: EpochMs; readonly complete: boolean },
): void {
  files.add('events', owner, events, events.at);
  files.add('windows', owner, windows, windows.stale_from);
  const versions = (kind: string, present: string) =>
    new Versions(
      record.changes.filter((change) => change.kind === kind),
      present,
    );
  const macos = versions('macos-updated', record.state.macos ?? '');
  const portal = versions('company-portal-updated', record.state['company-portal'] ?? '');
  for (const episode of episodes) {
    const row: Unowned<'issues'> = {
      issue: episode.issue,
      opened_at: episode.openedAt,
      resolved_at: episode.resolvedAt,
      severity: episode.severity,
      summary: episode.summary,
      breaks_sign_in: breaksSignIn(episode.issue),
      macos: macos.at(episode.openedAt),
      company_portal: portal.at(episode.openedAt),
      cause: episode.cause || null,
      cause_grade: episode.causeGrade || null,
      seen_at: now,
    };
    files.addRow('issues', owner, row, episode.openedAt, episode.resolvedAt ?? now);
  }
  if (complete) addMac(files, owner, record, now);
}

function addMac(files: RowTarget, owner: Owner, record: HistoryRecord, now: EpochMs): void {
  const { state } = record;
  const open = openByWeight(
    record.issues.map((issue) => ({
      ...issue,
      breaksSignIn: breaksSignIn(issue.issue),
      alsoNoticed: isAlsoNoticed(issue.issue),
    })),
  );
  const [worst] = open;
  const polled = instantOf(state['last-poll']);
  const recorded = Math.max(record.lastAt ?? 0, polled !== null && isPossible(polled, now) ? polled : 0);
  const at = recorded === 0 ? now : recorded;
  const proven = provenByMac(record, { since: null, until: at });
  const row: Unowned<'macs'> = {
    day: Math.floor(at / day),
    seen_at: now,
    last_record_at: recorded === 0 ? null : recorded,
    headline: state.headline ?? 'unknown',
    headline_since: instantOf(state['trouble-since']) ?? record.headlineSince,
    registration: state.registration ?? '',
    identity_provider: state['identity-provider'] ?? '',
    method: state.method ?? '',
    user_state: state['user-state'] ?? '',
    password_window: state['password-window'] ?? '',
    last_confirmed_good: instantOf(state['last-confirmed-good']),
    tokens_expire_at: instantOf(state['tokens-expire-at']),
    open_issues: open.length,
    issue: worst?.issue ?? null,
    issue_since: worst?.openedAt ?? null,
    cause: worst?.cause || null,
    cause_grade: worst?.causeGrade || null,
    macos: state.macos ?? '',
    company_portal: state['company-portal'] ?? '',
    agent_version: record.agentVersion,
    enrolled: state.enrolled ?? '',
    user_name: state.user ?? '',
    device: state.device ?? '',
    registration_proven_at: instantOf(proven.registration),
    password_sync_proven_at: instantOf(proven['password-sync']),
    repair_proven_at: instantOf(proven.repair),
    migration_proven_at: instantOf(proven.migration),
  };
  files.addRow('macs', owner, row, at);
}
