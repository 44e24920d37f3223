import { isCurrent } from '../../assess/freshness.ts';
import { breaksText } from '../../fleet/breaks-text.ts';
import {
  brokenOf,
  macsByIssue,
  namesText,
  openIssuesText,
  silentMacsCount,
  statesThen,
} from '../../fleet/broken-macs.ts';
import type { FleetSummary, ListedSummary } from '../../fleet/fleet-output.ts';
import { noChangedPassword, noRefreshedWindows } from '../../fleet/no-refreshed-windows.ts';
import {
  lateCause,
  lateHeads,
  notKnownTexts,
  passwordChangesNotes,
  passwordChangesText,
} from '../../fleet/password-changes/words.ts';
import { percentileTexts } from '../../fleet/percentile-texts.ts';
import type { Percentiles } from '../../fleet/percentiles.ts';
import { weekHeads, weekRow } from '../../fleet/week-rows.ts';
import { worksText } from '../../fleet/works-text.ts';
import { changeText } from '../../shared/changes.ts';
import { counted } from '../../shared/counted.ts';
import { durationText } from '../../shared/duration-text.ts';
import { localTime, withLocalTimes } from '../../shared/local-time.ts';
import { percentText } from '../../shared/percent-text.ts';
import { headedTable, printLine, styled } from './print.ts';

const mostRows = 20;
/** So many names of Macs are printed beside an issue. */
const mostNames = 3;

/** Prints the summary of a fleet: the headlines first, then tables. */
export function printFleet(summary: ListedSummary): void {
  const { files, users, headlines, silent, asOf } = summary;
  if (users === 0) {
    // Only a store has weeks: --keep can have deleted all that it had.
    const ofStore = summary.weeks !== undefined;
    printLine(styled('bold', ofStore ? 'The store has no record of a Mac.' : 'No database could be read.'));
    skippedFiles(files);
    return;
  }
  const { reporting, freshness } = summary;
  const trouble = headlines.find(({ headline }) => headline === 'needs-attention')?.macs ?? 0;
  const works = worksText(summary);
  if (isCurrent(freshness)) printLine(styled('bold', `${works}.`));
  else printLine(styled('dim', `Not known since ${localTime(asOf ?? '')} (was: ${works})`));
  if (trouble > 0) printLine(styled('red', `${trouble} ${trouble === 1 ? 'needs' : 'need'} attention.`));
  const others = headlines.filter(({ headline }) => headline !== 'ok' && headline !== 'needs-attention');
  for (const { text, macs: count } of others) printLine(`${counted(count, 'Mac')}: ${text}`);
  if (silent.length > 0) {
    const span = durationText(summary.silentAfterSeconds);
    printLine(styled('yellow', `${counted(silent.length, 'Mac')} recorded nothing for ${span} or more.`));
  }
  if (reporting + silent.length < users)
    printLine(
      styled('yellow', `${counted(users - reporting - silent.length, 'Mac')} recorded nothing at all.`),
    );
  printLine(styled('dim', `As of ${localTime(asOf ?? '')}, the newest record of all Macs.`));

  brokenMacs(summary);
  issueTable(summary);
  rollOut(summary);
  lateness(summary);
  passwordChanges(summary);
  breaks(summary);
  byWeek(summary);
  silentMacs(summary);
  heading('Agents');
  rowsOf(
    ['Version', 'Macs'],
    summary.agents.map((row) => [row.version, String(row.macs)]),
  );
  skippedFiles(files);
}

function issueTable({ issues, list, silent }: ListedSummary): void {
  if (issues.length === 0) return;
  heading('Issues');
  const macs = macsByIssue(list, mostNames);
  const rows = issues.map((row) => [
    row.issue,
    row.severity,
    String(row.macsOpen),
    row.openSince === null ? '–' : localTime(row.openSince),
    String(row.macsEver),
    row.medianOpenSeconds === null ? '–' : durationText(row.medianOpenSeconds),
    namesText(macs.get(row.issue) ?? { count: 0, first: [] }),
  ]);
  rowsOf(['Issue', 'Severity', 'Open on', 'Open since', 'Ever on', 'Median time open', 'Macs with it'], rows);
  if (silent.length > 0) printLine(styled('dim', `  ${silentMacsCount}`));
}

function silentMacs(summary: ListedSummary): void {
  const { silent } = summary;
  if (silent.length === 0) return;
  heading('Silent');
  const shown = silent.slice(0, mostRows);
  const states = statesThen(
    shown.map(({ mac }) => mac),
    summary,
  );
  rowsOf(
    ['Mac', 'Last record', 'State then', 'Agent'],
    shown.map(({ mac, lastRecordAt, agentVersion }) => [
      mac,
      localTime(lastRecordAt),
      states.get(mac) ?? '',
      agentVersion,
    ]),
    silent.length,
  );
}

function rollOut({ proven, users }: ListedSummary): void {
  heading('Proven');
  // As everywhere in the report, each user of a Mac counts.
  for (const { scenario, macs: proving } of proven)
    printLine(`  ${scenario}: ${proving} of ${counted(users, 'Mac')}`);
}

function brokenMacs(summary: ListedSummary): void {
  const broken = brokenOf(summary, mostRows);
  if (broken.count === 0) return;
  heading(isCurrent(summary.freshness) ? 'Macs that need attention' : 'Macs that needed attention');
  rowsOf(
    ['Mac', 'For', 'Issue', 'Cause'],
    broken.first.map(({ mac, cause, ageSeconds, ...issues }) => [
      mac,
      ageSeconds === null ? '–' : durationText(ageSeconds),
      withLocalTimes(openIssuesText(issues, (issue) => issue)) || '–',
      withLocalTimes(cause) || '–',
    ]),
    broken.count,
  );
}

/** The trend of a store: the last quarter of a year. */
function byWeek({ weeks = [] }: ListedSummary): void {
  if (weeks.length === 0) return;
  heading('By week');
  rowsOf(
    weekHeads,
    weeks.slice(-13).map((week) => weekRow(week, durationText)),
  );
}

function lateness({ sync }: ListedSummary): void {
  heading('Password sync lag');
  const { lagSeconds, activeLagSeconds, passwordLagSeconds, activePasswordLagSeconds } = sync;
  if (passwordLagSeconds === null)
    printLine(`  ${lagSeconds === null ? noRefreshedWindows(sync) : noChangedPassword}`);
  else lagTable(passwordLagSeconds, activePasswordLagSeconds);
  if (lagSeconds === null || lagSeconds.n === passwordLagSeconds?.n) return;
  printLine('\n  All token cycles, from the due time or the prompt to the refresh:');
  lagTable(lagSeconds, activeLagSeconds);
}

function passwordChanges({ passwordChanges: of }: ListedSummary): void {
  if (of === undefined) return;
  heading('Changed passwords');
  for (const sentence of passwordChangesText(of)) printLine(`  ${sentence}`);
  for (const reason of notKnownTexts(of)) printLine(`    ${reason}`);
  for (const sentence of passwordChangesNotes(of)) printLine(styled('dim', `  ${sentence}`));
  if (of.lagSeconds !== null) {
    printLine('\n  From the change to the password on the Mac, of those that reached it:');
    lagTable(of.lagSeconds, null, 'Changes');
  }
  if (of.late.length === 0) return;
  printLine('\n  Late:');
  rowsOf(
    lateHeads,
    of.late.map((one) => [
      one.mac,
      localTime(one.changedAt),
      durationText(one.waitingSeconds),
      withLocalTimes(lateCause(one)),
    ]),
  );
}

function lagTable(clock: Percentiles, active: Percentiles | null, counted = 'Cycles'): void {
  const row = (name: string, of: Percentiles | null) =>
    of === null ? [] : [[name, ...percentileTexts(of, durationText), String(of.n)]];
  rowsOf(
    ['', 'Median', '75 %', '90 %', '95 %', '99 %', 'Longest', counted],
    [...row('By the clock', clock), ...row('In use', active)],
  );
}

function breaks({ breaks: of }: ListedSummary): void {
  if (of.count === 0) return;
  heading('When something broke');
  // A share of days needs at least one day.
  const usual = of.macDays === 0 ? '' : `; on any day, on ${percentText(of.shareOfAnyDay)} of Macs`;
  printLine(`  ${breaksText(of)}${usual}.`);
  const versions = (name: string, rows: typeof of.byMacos) =>
    rowsOf(
      [name, 'Macs', 'With a break', 'Share', 'Breaks'],
      rows.map((row) => [
        row.version,
        String(row.macs),
        String(row.macsWithBreak),
        percentText(row.macsWithBreak / row.macs),
        String(row.breaks),
      ]),
    );
  versions('macOS', of.byMacos);
  versions('Company Portal', of.byCompanyPortal);
  if (of.byCause.length > 0) {
    printLine('\n  By stated cause:');
    rowsOf(
      ['Cause', 'Grade', 'Macs', 'Breaks'],
      of.byCause.map(({ cause, grade, macs, breaks: count }) => [cause, grade, String(macs), String(count)]),
    );
  }
  if (of.afterChanges.length === 0) return;
  printLine('\n  Within a day after a change, which is not necessarily the cause:');
  rowsOf(
    ['Change', 'Macs', 'Broke', 'Share'],
    of.afterChanges.map(({ kind, to, macs, macsWithBreak }) => [
      changeText(kind, to),
      String(macs),
      String(macsWithBreak),
      percentText(macsWithBreak / macs),
    ]),
  );
}

function skippedFiles({ skipped, duplicates, branches }: FleetSummary['files']): void {
  if (branches.length > 0) {
    heading('Copies of one history with different events, such as of a clone');
    rowsOf(
      ['Mac', 'Copy of'],
      branches.map(({ mac, branchOf }) => [mac, branchOf]),
    );
  }
  if (duplicates.length > 0) {
    heading('Duplicates; the newest file of a Mac counts');
    rowsOf(
      ['Left out', 'Same as'],
      duplicates.map(({ mac, sameAs }) => [mac, sameAs]),
    );
  }
  if (skipped.length > 0) {
    heading('Skipped');
    for (const { file, reason } of skipped) printLine(`  ${file}: ${reason}`);
  }
}

function heading(text: string): void {
  printLine(`\n${styled('bold', text)}`);
}

/** `all`: how many rows there are, when only the first of them are given. */
function rowsOf(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  all: number = rows.length,
): void {
  printLine(headedTable(heads, rows.slice(0, mostRows), '  '));
  if (all > mostRows) printLine(styled('dim', `  and ${all - mostRows} more; --json prints all`));
}
