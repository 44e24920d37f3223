import { isCurrent } from '../../assess/freshness.ts';
import { assessmentOf, endOfHistory, knownUntil, openSeconds } from '../../history/assessment-of.ts';
import { headlineText } from '../../history/headline-texts.ts';
import { lastPollIn } from '../../history/last-poll.ts';
import { pathsToRead } from '../../history/paths-to-read.ts';
import { isAlsoNoticed } from '../../issues/issues.ts';
import { readSilences } from '../../notify/silences.ts';
import { loadOrganisation } from '../../settings/load-context.ts';
import { durationText } from '../../shared/duration-text.ts';
import { localDateTime, localTime, timeZone, withLocalTimes } from '../../shared/local-time.ts';
import { toIso } from '../../shared/time.ts';
import { openReader } from '../../store/reader.ts';
import type { IssuesOutput } from '../output/issues.ts';
import { headedTable, printJson, printLine, styled } from '../print/print.ts';
import type { Subcommand } from '../subcommand.ts';
import { statusExit } from './status.ts';

export const issues: Subcommand = {
  reads: 'history',
  configure(command, call) {
    command
      .option('--all', 'include resolved issues')
      .option('--json', 'print JSON, as in the view v_issues, as far as the history reaches')
      .addHelpText(
        'after',
        `
Exit status 1 when an issue is open, and 3 when nothing was polled for a day and none was open then.

Example:
  psso-monitor issues
  psso-monitor issues --all --json
`,
      );
    call(async (global) => {
      const options = command.opts<{ all?: boolean; json?: boolean }>();
      const { database, dataDir, silences } = await pathsToRead(global);
      const organisation = await loadOrganisation(global);
      const reader = openReader({ path: database });
      const now = Date.now();
      const lastPoll = lastPollIn(dataDir, reader);
      const assessment = assessmentOf(
        { state: reader.state(), issues: reader.issues() },
        lastPoll,
        now,
        organisation,
      );
      const until = knownUntil(assessment, now);
      const { freshness } = assessment;
      const rows = reader.issues().map((row) => ({
        ...row,
        open_seconds: row.open_seconds === '' ? '' : String(openSeconds(row, until)),
        freshness,
      }));
      reader.close();
      const open = rows.filter((row) => row.status === 'open');
      const shown: IssuesOutput = options.all ? rows : open;
      if (options.json) printJson(shown);
      else if (shown.length === 0) {
        if (!isCurrent(freshness)) printLine(styled('dim', headlineText(assessment)));
        const open = isCurrent(freshness) ? 'No issue is open.' : 'No issue was open then.';
        printLine(options.all ? 'No issue has been recorded.' : open);
      } else {
        printLine(
          headedTable(
            ['Status', 'Issue', 'Opened', 'Open for', 'Summary'],
            shown.map((row) => [
              styled(row.status === 'open' ? 'red' : 'dim', row.status),
              row.issue,
              localDateTime(row.opened_at),
              durationText(openSeconds(row, until)),
              withLocalTimes(row.summary),
            ]),
          ),
        );
        const silenced = readSilences(silences, now);
        for (const { issue } of open) {
          const until = silenced[issue];
          if (until !== undefined)
            printLine(`Silenced by the user until ${localTime(toIso(until))}: notifications of ${issue}.`);
        }
        if (!isCurrent(freshness)) printLine(styled('dim', headlineText(assessment)));
        const end = endOfHistory(assessment);
        if (end !== null) printLine(styled('dim', end));
        printLine(styled('dim', `Times in ${timeZone()}.`));
      }
      return statusExit(
        open.some(({ issue }) => !isAlsoNoticed(issue, organisation)),
        !isCurrent(freshness),
      );
    });
  },
};
