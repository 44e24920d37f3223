import { pathsToRead } from '../../history/paths-to-read.ts';
import { durationText } from '../../shared/duration-text.ts';
import { exitStatus } from '../../shared/exit-status.ts';
import { localDateTime, timeZone } from '../../shared/local-time.ts';
import { openReader } from '../../store/reader.ts';
import type { SyncRow } from '../../store/store.ts';
import type { SyncOutput } from '../output/sync.ts';
import { headedTable, printJson, printLine, styled } from '../print/print.ts';
import type { Subcommand } from '../subcommand.ts';

export const sync: Subcommand = {
  configure(command, call) {
    command.option('--json', 'print JSON, as in the view v_sync; times in UTC').addHelpText(
      'after',
      `
Prints one line for each token cycle that was due, prompted or refreshed, the oldest first. The Mac does not
know when a password was changed elsewhere, so the lag is measured from the due time or the prompt, unless an
admin gave the time of the change.

Example:
  psso-monitor sync
  psso-monitor sync --json
`,
    );
    call(async (global) => {
      const options = command.opts<{ json?: boolean }>();
      const { database } = await pathsToRead(global);
      const reader = openReader({ path: database });
      const rows: SyncOutput = reader.sync().reverse();
      reader.close();
      if (options.json) printJson(rows);
      else if (rows.length === 0) printLine('No token cycle has been due, prompted or refreshed yet.');
      else {
        const heads = ['Last confirmed good', 'Due', 'Prompted', 'Refreshed', 'Outcome', 'Lag'];
        printLine(headedTable(heads, rows.map(cells)));
        printLine(styled('dim', `Times are ${timeZone()}.`));
      }
      return exitStatus.done;
    });
  },
};

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
