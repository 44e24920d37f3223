import { instantOf } from '../../history/history.ts';
import { isLateCycle } from '../../history/is-late-cycle.ts';
import { pathsToRead } from '../../history/paths-to-read.ts';
import { durationText } from '../../shared/duration-text.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import type { GlobalOptions } from '../../shared/global-options.ts';
import { localDateTime, localTime, timeZone } from '../../shared/local-time.ts';
import { day, type EpochMs, toIso } from '../../shared/time.ts';
import { openReader } from '../../store/reader.ts';
import type { SyncRow } from '../../store/store.ts';
import { sinceOption } from '../options/instant-option.ts';
import type { SyncOutput } from '../output/sync.ts';
import { asCalled } from '../print/as-called.ts';
import { headedTable, printJson, printLine, styled } from '../print/print.ts';
import type { Subcommand } from '../subcommand.ts';

interface Options {
  since?: string;
  late?: boolean;
  all?: boolean;
  json?: boolean;
}

export const sync: Subcommand = {
  reads: 'history',
  configure(command, call) {
    command
      .option('--since <when>', 'cycles since 30s, 5m, 4h, 2d or 1w ago, today, yesterday, or a date')
      .option('--late', 'only cycles that were due or prompted before they were refreshed, of any age')
      .option('--all', 'in a text: also cycles that were refreshed in time, and those older than a week')
      .option('--json', 'print JSON, as in the view v_sync; times in UTC')
      .addHelpText(
        'after',
        `
Prints one line for each token cycle, the oldest first. A text leaves out cycles that were refreshed in time,
and without --since those older than a week before the newest; JSON leaves nothing out. The Mac does not know
when a password was changed elsewhere, so the lag is measured from the due time or the prompt, unless an admin
gave the time of the change.

Example:
  psso-monitor sync
  psso-monitor sync --late
  psso-monitor sync --all --json
`,
      );
    call(async (global) => {
      const options = command.opts<Options>();
      const since = options.since === undefined ? null : sinceOption(options.since, Date.now());
      const { database } = await pathsToRead(global);
      const reader = openReader({ path: database });
      const all = reader.sync().reverse();
      reader.close();
      const chosen = all.filter((row) => isSince(row, since) && (options.late !== true || isLateCycle(row)));
      if (options.json) printJson(chosen satisfies SyncOutput);
      else if (all.length === 0) printLine('No token cycle has been due, prompted or refreshed yet.');
      else print(all, chosen, { ...options, global });
      return exitStatus.done;
    });
  },
};

function print(
  all: readonly SyncRow[],
  chosen: readonly SyncRow[],
  options: Options & { readonly global: GlobalOptions },
): void {
  const isDefault = options.all !== true && options.late !== true;
  const weekFrom = isDefault && options.since === undefined ? weekOf(all) : null;
  const inTime = chosen.filter((row) => isSince(row, weekFrom));
  const shown = isDefault ? inTime.filter(matters) : inTime;
  if (shown.length > 0) {
    const heads = ['Last confirmed good', 'Due', 'Prompted', 'Refreshed', 'Outcome', 'Lag'];
    printLine(headedTable(heads, shown.map(cells)));
  }
  const since = weekFrom === null ? '' : ` since ${localTime(toIso(weekFrom))}`;
  printLine(
    summaryOf(inTime, since) + (shown.length === 0 && since === '' ? '' : ` Times in ${timeZone()}.`),
  );
  const leftOut = chosen.length - shown.length;
  if (leftOut > 0)
    printLine(
      styled(
        'dim',
        `Left out: ${counted(leftOut)}. To see all: ${asCalled('psso-monitor sync --all', options.global)}`,
      ),
    );
}

function summaryOf(rows: readonly SyncRow[], since: string): string {
  if (rows.length === 0) return `No token cycle${since}.`;
  const late = rows.filter(isLateCycle).length;
  const synced = rows.filter(({ outcome }) => outcome === 'password-synced').length;
  return `${counted(rows.length)}${since}: ${late} late, ${synced} with a new password.`;
}

function counted(count: number): string {
  return `${count} token ${count === 1 ? 'cycle' : 'cycles'}`;
}

/** Tokens that are refreshed in time are the routine. */
function matters(row: SyncRow): boolean {
  return isLateCycle(row) || row.outcome !== 'token-refreshed';
}

/** When the last thing of a cycle happened. */
function lastOf({ stale_from, due_at, prompted_at, refreshed_at }: SyncRow): EpochMs | null {
  const instants = [stale_from, due_at, prompted_at, refreshed_at].map(instantOf);
  return instants.reduce((one, other) => (one === null || (other !== null && other > one) ? other : one));
}

/** An open cycle lasts until now. A cycle without a readable time is never left out. */
function isSince(row: SyncRow, since: EpochMs | null): boolean {
  const at = lastOf(row);
  return since === null || row.outcome === 'open' || at === null || at >= since;
}

/** The start of the week before the newest cycle, or before now. */
function weekOf(rows: readonly SyncRow[]): EpochMs | null {
  const newest = Math.max(...rows.map((row) => lastOf(row) ?? Number.NEGATIVE_INFINITY));
  return Number.isFinite(newest) ? Math.min(Date.now(), newest) - 7 * day : null;
}

function cells(row: SyncRow): string[] {
  const at = (iso: string) => (iso === '' ? '–' : localDateTime(iso));
  return [
    at(row.stale_from),
    at(row.due_at),
    at(row.prompted_at),
    at(row.refreshed_at),
    row.outcome,
    lag(row),
  ];
}

function lag({ lag_seconds, active_lag_seconds, password_changed_at }: SyncRow): string {
  if (lag_seconds === '') return '–';
  const from = password_changed_at === '' ? '' : ', since the change';
  return `${durationText(Number(lag_seconds))} (${durationText(Number(active_lag_seconds))} in use${from})`;
}
