import { isCurrent } from '../../assess/freshness.ts';
import { brokenOf, macsByIssue, openIssuesText, statesThen } from '../../fleet/broken-macs.ts';
import type { FleetSummary } from '../../fleet/fleet-output.ts';
import { noChangedPassword, noRefreshedWindows } from '../../fleet/no-refreshed-windows.ts';
import { worksText } from '../../fleet/works-text.ts';
import type { Tone } from '../../history/timeline/timeline-shape.ts';
import { changeText } from '../../shared/changes.ts';
import { counted } from '../../shared/counted.ts';
import { percentText } from '../../shared/percent-text.ts';
import type { ReportTexts } from '../../texts/report-texts.ts';
import type { FleetReport } from '../report.ts';
import { disclosure, element, section, tableOf } from './element.ts';
import { headlineOf } from './headline.ts';
import { issueBars } from './issue-bars.ts';
import { lagTable } from './lag-table.ts';
import { macLink, macsSection, type Pages, stateBadge, titlesOf } from './macs-section.ts';
import { pagedTable } from './paged-table.ts';
import { passwordChangesSection } from './password-changes-section.ts';
import { durationText, time, withLocalTimes } from './times.ts';
import { weeksSections } from './weeks-section.ts';

/** The page of a fleet: headline, issues, lag, breaks, and every Mac. */
export function fleetPage({ summary, pages, labels }: FleetReport): (Node | string)[] {
  const macs = macsSection(summary, pages);
  return [
    headline(summary, labels),
    brokenSection(summary, pages),
    silentSection(summary, pages),
    issuesSection(summary, pages, macs.showWith),
    provenSection(summary),
    lagSection(summary),
    passwordChangesSection(summary, pages),
    breaksSection(summary),
    ...weeksSections(summary),
    macs.section,
    filesSection(summary),
  ];
}

function headline(summary: FleetSummary, words: ReportTexts): HTMLElement {
  const { macs, reporting, headlines, silent, asOf, silentAfterSeconds, freshness } = summary;
  const of = (word: string) => headlines.find((row) => row.headline === word)?.macs ?? 0;
  const trouble = of('needs-attention') + of('not-registered');
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
    .map(({ text, macs: count }) => element('p', {}, `${counted(count, 'Mac')}: ${text}`));
  if (silent.length > 0)
    more.push(
      element(
        'p',
        {},
        `${counted(silent.length, 'Mac')} recorded nothing for ${durationText(silentAfterSeconds)} or more.`,
      ),
    );
  if (asOf !== null)
    more.push(
      element('p', { class: 'muted' }, 'As of ', time(Date.parse(asOf)), ', the newest record of any Mac.'),
    );
  if (macs === 0) return headlineOf(tone, ['No Mac could be read.'], more, words);
  const works = worksText(summary);
  return headlineOf(
    tone,
    current || asOf === null
      ? [`${works}.`]
      : ['Not known since ', time(Date.parse(asOf)), ` (was: ${works})`],
    more,
    words,
  );
}

function brokenSection(summary: FleetSummary, pages: Pages): HTMLElement {
  const broken = brokenOf(summary).first;
  const current = isCurrent(summary.freshness);
  const title = current ? 'Macs that need attention' : 'Macs that needed attention';
  if (broken.length === 0)
    return section('broken', title, element('p', {}, current ? 'None.' : 'None was recorded.'));
  const titles = titlesOf(summary);
  return section(
    'broken',
    `${title} (${broken.length})`,
    pagedTable({
      what: title,
      heads: ['Mac', 'State', 'For', 'Issue', 'Cause'],
      rows: broken,
      row: (mac) => [
        macLink(mac.mac, pages),
        stateBadge(mac.was ?? mac.headline),
        element('span', { class: 'age' }, mac.ageSeconds === null ? '–' : durationText(mac.ageSeconds)),
        withLocalTimes(openIssuesText(mac, (issue) => titles.get(issue) ?? issue)) || '–',
        withLocalTimes(mac.cause) || '–',
      ],
    }),
  );
}

function silentSection(summary: FleetSummary, pages: Pages): HTMLElement | string {
  const { silent, silentAfterSeconds } = summary;
  if (silent.length === 0) return '';
  const states = statesThen(
    silent.map(({ mac }) => mac),
    summary.list,
  );
  return section(
    'silent',
    `Silent Macs (${silent.length})`,
    element('p', {}, `They recorded nothing for ${durationText(silentAfterSeconds)} or more.`),
    pagedTable({
      what: 'Silent Macs',
      heads: ['Mac', 'Last record', 'State then', 'Agent'],
      rows: silent,
      row: ({ mac, lastRecordAt, agentVersion }) => [
        macLink(mac, pages),
        time(Date.parse(lastRecordAt)),
        stateBadge(states.get(mac) ?? ''),
        agentVersion,
      ],
    }),
  );
}

function issuesSection(summary: FleetSummary, pages: Pages, showWith: (issue: string) => void): HTMLElement {
  const { issues } = summary;
  if (issues.length === 0)
    return section('issues', 'Issues', element('p', {}, 'No Mac has or had an issue.'));
  const macs = macsByIssue(summary.list);
  return section(
    'issues',
    'Issues',
    issueBars(issues),
    tableOf(
      'Issues, the most widespread first',
      ['Issue', 'Severity', 'Open on', 'Open since', 'Ever on', 'First seen', 'Median time open'],
      issues.map((row) => [
        row.title,
        row.severity,
        row.macsOpen === 0 ? '–' : macsButton(row, () => showWith(row.issue)),
        row.openSince === null ? '–' : time(Date.parse(row.openSince)),
        counted(row.macsEver, 'Mac'),
        time(Date.parse(row.firstOpenedAt)),
        row.medianOpenSeconds === null ? '–' : durationText(row.medianOpenSeconds),
      ]),
    ),
    ...issues.flatMap(({ issue, title }) => {
      const names = macs.get(issue)?.first ?? [];
      const links = names.map((name) => element('li', {}, macLink(name, pages)));
      return names.length === 0
        ? []
        : [disclosure([`${title}: ${counted(names.length, 'Mac')}`], () => [element('ul', {}, ...links)])];
    }),
  );
}

/** Shows the Macs with an open issue in the list of all Macs. */
function macsButton({ macsOpen, title }: FleetSummary['issues'][number], show: () => void): HTMLElement {
  const spoken = element('span', { class: 'spoken' }, ` with: ${title}`);
  const button = element('button', { type: 'button', class: 'link' }, counted(macsOpen, 'Mac'), spoken);
  button.addEventListener('click', show);
  return button;
}

function provenSection({ proven, macs, since }: FleetSummary): HTMLElement {
  return section(
    'proven',
    'Proven scenarios of the roll-out',
    element(
      'p',
      {},
      'By recorded events and the state',
      ...(since === null ? [] : [' since ', time(Date.parse(since))]),
      ', as in psso-monitor validate.',
    ),
    tableOf(
      'Macs that have proven a scenario',
      ['Scenario', 'Macs', 'Share'],
      proven.map((row) => [row.scenario, String(row.macs), share(row.macs, macs)]),
    ),
  );
}

function lagSection({ sync }: FleetSummary): HTMLElement {
  const title = 'Password sync lag';
  const { lagSeconds, activeLagSeconds, passwordLagSeconds, activePasswordLagSeconds } = sync;
  if (lagSeconds === null) return section('sync', title, element('p', {}, noRefreshedWindows(sync)));
  return section(
    'sync',
    title,
    element(
      'p',
      {},
      'From the due time or the prompt to the refresh.',
      ' Active time: only while the Mac was awake, unlocked and online.',
      ' A percentile of too few cycles is left out.',
    ),
    passwordLagSeconds === null
      ? element('p', {}, noChangedPassword)
      : lagTable('Cycles in which the password changed', passwordLagSeconds, activePasswordLagSeconds),
    ...(lagSeconds.n === passwordLagSeconds?.n
      ? []
      : [
          element('h3', {}, 'All token cycles with a lag'),
          element('p', {}, 'In most of them no password changed: the Mac was asleep or away.'),
          lagTable('All token cycles with a lag', lagSeconds, activeLagSeconds),
        ]),
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
      `${counted(breaks.count, 'break')} on ${counted(breaks.macs, 'Mac')} in ${counted(breaks.macDays, 'Mac-day')}.`,
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
            breaks.byCause.map(({ title: causeTitle, grade, macs, breaks: count }) => [
              causeTitle,
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
  const { found, read, skipped, duplicates, branches } = files;
  const parts: Node[] = [
    element(
      'p',
      {},
      `${counted(read, 'database')} of ${found} were read${since === null ? '' : ', of the time since '}`,
      ...(since === null ? [] : [time(Date.parse(since))]),
      '.',
    ),
    tableOf(
      'Versions of the agent',
      ['Agent', 'Macs'],
      agents.map(({ version, macs }) => [version, String(macs)]),
    ),
  ];
  if (branches.length > 0)
    parts.push(
      tableOf(
        'Copies of one history with different events, such as of a clone',
        ['Mac', 'Copy of'],
        branches.map(({ mac, branchOf }) => [mac, branchOf]),
      ),
    );
  if (duplicates.length > 0)
    parts.push(
      disclosure([`${counted(duplicates.length, 'file')} of a Mac with a newer file`], () => [
        tableOf(
          'Files of the same Mac; the newer file counts',
          ['Left out', 'Same as'],
          duplicates.map(({ mac, sameAs }) => [mac, sameAs]),
        ),
      ]),
    );
  if (skipped.length > 0)
    parts.push(
      disclosure([`${counted(skipped.length, 'file')} that could not be read`], () => [
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
