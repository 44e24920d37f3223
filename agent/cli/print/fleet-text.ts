import { isCurrent } from '../../assess/freshness.ts';
import type { FleetSummary } from '../../fleet/fleet-output.ts';
import { noRefreshedWindows } from '../../fleet/no-refreshed-windows.ts';
import { worksText } from '../../fleet/works-text.ts';
import { changeText } from '../../shared/changes.ts';
import { durationText } from '../../shared/duration-text.ts';
import { localTime } from '../../shared/local-time.ts';
import { printLine, styled, table } from './print.ts';

const mostRows = 20;

/** Prints the summary of a fleet: the headlines first, then tables. */
export function printFleet(summary: FleetSummary): void {
  const { files, macs, headlines, issues, silent, asOf } = summary;
  if (macs === 0) {
    printLine(styled('bold', 'No database could be read.'));
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
  for (const { text, macs: count } of others) printLine(`${many(count, 'Mac')}: ${text}`);
  if (silent.length > 0) {
    const span = durationText(summary.silentAfterSeconds);
    printLine(styled('yellow', `${many(silent.length, 'Mac')} recorded nothing for ${span} or more.`));
  }
  if (reporting + silent.length < macs)
    printLine(styled('yellow', `${many(macs - reporting - silent.length, 'Mac')} recorded nothing at all.`));
  printLine(styled('dim', `As of ${localTime(asOf ?? '')}, the newest record of all Macs.`));

  if (issues.length > 0) {
    heading('Issues');
    const rows = issues.map((row) => [
      row.issue,
      row.severity,
      String(row.macsOpen),
      row.openSince === null ? '–' : localTime(row.openSince),
      String(row.macsEver),
      row.medianOpenSeconds === null ? '–' : durationText(row.medianOpenSeconds),
    ]);
    rowsOf(['Issue', 'Severity', 'Open on', 'Open since', 'Ever on', 'Usually open for'], rows);
  }
  rollOut(summary);
  lateness(summary);
  breaks(summary);
  if (silent.length > 0) {
    heading('Silent');
    rowsOf(
      ['Mac', 'Last record', 'Agent'],
      silent.map((row) => [row.mac, localTime(row.lastRecordAt), row.agentVersion]),
    );
  }
  heading('Agents');
  rowsOf(
    ['Version', 'Macs'],
    summary.agents.map((row) => [row.version, String(row.macs)]),
  );
  skippedFiles(files);
}

function rollOut({ proven, macs }: FleetSummary): void {
  heading('Proven');
  for (const { scenario, macs: proving } of proven)
    printLine(`  ${scenario}: ${proving} of ${many(macs, 'Mac')}`);
}

function lateness({ sync }: FleetSummary): void {
  heading('Password sync lag');
  const { lagSeconds, activeLagSeconds } = sync;
  if (lagSeconds === null) {
    printLine(`  ${noRefreshedWindows(sync)}`);
    return;
  }
  const row = (name: string, of: typeof lagSeconds | null) =>
    of === null
      ? []
      : [[name, ...[of.p50, of.p75, of.p90, of.p95, of.p99, of.most].map(durationText), String(of.n)]];
  rowsOf(
    ['', 'Half within', '75 %', '90 %', '95 %', '99 %', 'Longest', 'Windows'],
    [...row('By the clock', lagSeconds), ...row('In use', activeLagSeconds)],
  );
}

function breaks({ breaks: of }: FleetSummary): void {
  if (of.count === 0) return;
  heading('When something broke');
  // A share of days needs at least one day.
  const usual = of.macDays === 0 ? '' : `; on any day, on ${percent(of.shareOfAnyDay)} of Macs`;
  const days = of.macDays === 0 ? 'less than a day' : many(of.macDays, 'Mac-day');
  printLine(`  ${many(of.count, 'break')} on ${many(of.macs, 'Mac')} in ${days}${usual}.`);
  const versions = (name: string, rows: typeof of.byMacos) =>
    rowsOf(
      [name, 'Macs', 'With a break', 'Share', 'Breaks'],
      rows.map((row) => [
        row.version,
        String(row.macs),
        String(row.macsWithBreak),
        percent(row.macsWithBreak / row.macs),
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
      percent(macsWithBreak / macs),
    ]),
  );
}

function skippedFiles({ skipped, duplicates }: FleetSummary['files']): void {
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

function rowsOf(heads: readonly string[], rows: readonly (readonly string[])[]): void {
  const shown = rows.slice(0, mostRows);
  printLine(table([heads.map((head) => styled('dim', head)), ...shown], '  '));
  if (rows.length > mostRows)
    printLine(styled('dim', `  and ${rows.length - mostRows} more; --json prints all`));
}

function many(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function percent(share: number): string {
  const value = share * 100;
  return `${value < 10 && value > 0 ? value.toFixed(1) : Math.round(value)} %`;
}
