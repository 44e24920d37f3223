import { isCurrent } from '../../assess/freshness.ts';
import type { FleetSummary } from '../../fleet/fleet-output.ts';
import { noRefreshedWindows } from '../../fleet/no-refreshed-windows.ts';
import { worksText } from '../../fleet/works-text.ts';
import type { Tone } from '../../history/timeline/timeline-shape.ts';
import { changeText } from '../../shared/changes.ts';
import type { FleetReport } from '../report.ts';
import { disclosure, element, section, tableOf } from './element.ts';
import { headlineOf } from './headline.ts';
import { issueBars } from './issue-bars.ts';
import { macsSection } from './macs-section.ts';
import { durationText, time } from './times.ts';

/** The page of a fleet: headline, issues, lag, breaks, and every Mac. */
export function fleetPage({ summary }: FleetReport): Node[] {
  return [
    headline(summary),
    issuesSection(summary),
    lagSection(summary),
    breaksSection(summary),
    macsSection(summary),
    filesSection(summary),
  ];
}

function headline(summary: FleetSummary): HTMLElement {
  const { macs, reporting, headlines, silent, asOf, silentAfterSeconds, freshness } = summary;
  const of = (word: string) => headlines.find((row) => row.headline === word)?.macs ?? 0;
  const trouble = of('needs-attention');
  const current = isCurrent(freshness);
  const tone: Tone =
    reporting === 0 || !current
      ? 'unknown'
      : trouble > 0
        ? trouble * 10 > reporting
          ? 'bad'
          : 'notice'
        : of('unknown') > 0
          ? 'unknown'
          : 'good';
  const more = headlines
    .filter((row) => row.headline !== 'ok')
    .map(({ text, macs: count }) => element('p', {}, `${many(count, 'Mac')}: ${text}`));
  if (silent.length > 0)
    more.push(
      element(
        'p',
        {},
        `${many(silent.length, 'Mac')} recorded nothing for ${durationText(silentAfterSeconds)} or more.`,
      ),
    );
  if (asOf !== null)
    more.push(
      element('p', { class: 'muted' }, 'As of ', time(Date.parse(asOf)), ', the newest record of any Mac.'),
    );
  if (macs === 0) return headlineOf(tone, ['No Mac could be read.'], more);
  const works = worksText(summary);
  return headlineOf(
    tone,
    current || asOf === null
      ? [`${works}.`]
      : ['Not known since ', time(Date.parse(asOf)), ` (was: ${works})`],
    more,
  );
}

function issuesSection(summary: FleetSummary): HTMLElement {
  const { issues } = summary;
  if (issues.length === 0)
    return section('issues', 'Issues', element('p', {}, 'No Mac has or had an issue.'));
  return section(
    'issues',
    'Issues',
    issueBars(issues),
    tableOf(
      'Issues, the most widespread first',
      ['Issue', 'Severity', 'Open on', 'Open since', 'Ever on', 'First seen', 'Usually open for'],
      issues.map((row) => [
        row.title,
        row.severity,
        many(row.macsOpen, 'Mac'),
        row.openSince === null ? '–' : time(Date.parse(row.openSince)),
        many(row.macsEver, 'Mac'),
        time(Date.parse(row.firstOpenedAt)),
        row.medianOpenSeconds === null ? '–' : durationText(row.medianOpenSeconds),
      ]),
    ),
  );
}

function lagSection({ sync }: FleetSummary): HTMLElement {
  const title = 'Password sync lag';
  if (sync.lagSeconds === null) return section('sync', title, element('p', {}, noRefreshedWindows(sync)));
  const row = (name: string, of: FleetSummary['sync']['lagSeconds']) =>
    of === null
      ? []
      : [[name, ...[of.p50, of.p75, of.p90, of.p95, of.p99, of.most].map(durationText), String(of.n)]];
  return section(
    'sync',
    title,
    element(
      'p',
      {},
      'From the due time or the prompt to the refresh.',
      ' Active time: only while the Mac was awake, unlocked and online.',
    ),
    tableOf(
      title,
      [
        'Measured',
        'Half within',
        '75 % within',
        '90 % within',
        '95 % within',
        '99 % within',
        'Longest',
        'Windows',
      ],
      [...row('By the clock', sync.lagSeconds), ...row('Active time', sync.activeLagSeconds)],
    ),
  );
}

function breaksSection({ breaks }: FleetSummary): HTMLElement {
  const title = 'When something broke';
  if (breaks.count === 0) return section('breaks', title, element('p', {}, 'No issue opened in this time.'));
  const versions = (name: string, rows: FleetSummary['breaks']['byMacos']) =>
    tableOf(
      `Breaks by version of ${name}`,
      [name, 'Macs', 'With a break', 'Share', 'Breaks'],
      rows.map((row) => [
        row.version,
        String(row.macs),
        String(row.macsWithBreak),
        share(row.macsWithBreak, row.macs),
        String(row.breaks),
      ]),
    );
  return section(
    'breaks',
    title,
    element(
      'p',
      {},
      `${many(breaks.count, 'break')} on ${many(breaks.macs, 'Mac')} in ${many(breaks.macDays, 'Mac-day')}.`,
      ' A break is the opening of an issue.',
    ),
    versions('macOS', breaks.byMacos),
    versions('Company Portal', breaks.byCompanyPortal),
    ...(breaks.byCause.length === 0
      ? []
      : [
          tableOf(
            'Breaks by stated cause',
            ['Cause', 'Grade', 'Macs', 'Breaks'],
            breaks.byCause.map(({ cause, grade, macs, breaks: count }) => [
              cause,
              grade,
              String(macs),
              String(count),
            ]),
          ),
        ]),
    element('h3', {}, 'Changes in the day before'),
    element(
      'p',
      {},
      'The Macs with a change, and how many of them had a break in the 24 hours after it.',
      ' The change need not be the cause',
      breaks.macDays === 0 ? '.' : `: on any day, ${percentText(breaks.shareOfAnyDay)} of Macs have a break.`,
    ),
    tableOf(
      'Breaks in the day after a change',
      ['Change', 'Macs', 'Broke', 'Share'],
      breaks.afterChanges.map(({ kind, to, macs, macsWithBreak }) => [
        changeText(kind, to),
        String(macs),
        String(macsWithBreak),
        share(macsWithBreak, macs),
      ]),
    ),
  );
}

function filesSection({ files, agents, since }: FleetSummary): HTMLElement {
  const { found, read, skipped, duplicates } = files;
  const parts: Node[] = [
    element(
      'p',
      {},
      `${many(read, 'database')} of ${found} were read${since === null ? '' : ', of the time since '}`,
      ...(since === null ? [] : [time(Date.parse(since))]),
      '.',
    ),
    tableOf(
      'Versions of the agent',
      ['Agent', 'Macs'],
      agents.map(({ version, macs }) => [version, String(macs)]),
    ),
  ];
  if (duplicates.length > 0)
    parts.push(
      disclosure([`${many(duplicates.length, 'file')} of a Mac with a newer file`], () => [
        tableOf(
          'Files of the same Mac; the newer file counts',
          ['Left out', 'Same as'],
          duplicates.map(({ mac, sameAs }) => [mac, sameAs]),
        ),
      ]),
    );
  if (skipped.length > 0)
    parts.push(
      disclosure([`${many(skipped.length, 'file')} that could not be read`], () => [
        tableOf(
          'Skipped files',
          ['File', 'Why'],
          skipped.map(({ file, reason }) => [file, reason]),
        ),
      ]),
    );
  return section('files', 'What was read', ...parts);
}

/** A share as a bar and a percentage. */
function share(part: number, whole: number): HTMLElement {
  const of = whole === 0 ? 0 : part / whole;
  const filled = element('i');
  filled.style.width = percentText(of).replace(' ', '');
  const bar = element('span', { class: 'bar', 'aria-hidden': 'true' }, filled);
  return element('span', { class: 'share' }, bar, percentText(of));
}

function percentText(of: number): string {
  const value = of * 100;
  return `${value > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} %`;
}

function many(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
