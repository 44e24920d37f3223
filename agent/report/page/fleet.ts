import type { FleetSummary } from '../../fleet/fleet-output.ts';
import { noChangedPassword, noRefreshedWindows } from '../../fleet/no-refreshed-windows.ts';
import { counted } from '../../shared/counted.ts';
import type { FleetReport } from '../report.ts';
import { breaksSection } from './breaks-section.ts';
import { brokenSection, silentSection } from './broken-section.ts';
import { disclosure, element, section, tableOf } from './element.ts';
import { fleetHeadline } from './fleet-headline.ts';
import { fleetIssues } from './fleet-issues.ts';
import { lagTable } from './lag-table.ts';
import { macsSection } from './macs-section.ts';
import { passwordChangesSection } from './password-changes-section.ts';
import { shareOf } from './share-of.ts';
import { time } from './times.ts';
import { weeksSections } from './weeks-section.ts';

/** The page of a fleet: headline, issues, lag, breaks, and every Mac. */
export function fleetPage({ summary, pages, labels }: FleetReport): (Node | string)[] {
  const macs = macsSection(summary, pages);
  return [
    fleetHeadline(summary, labels),
    brokenSection(summary, pages),
    silentSection(summary, pages),
    fleetIssues(summary, pages, macs.showWith),
    provenSection(summary),
    lagSection(summary),
    passwordChangesSection(summary, pages),
    breaksSection(summary),
    ...weeksSections(summary),
    macs.section,
    filesSection(summary),
  ];
}

function provenSection({ proven, users, since }: FleetSummary): HTMLElement {
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
      proven.map((row) => [row.scenario, String(row.macs), shareOf(row.macs, users)]),
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
