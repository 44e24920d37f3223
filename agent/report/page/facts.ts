import type { MacReport, SyncReport } from '../report.ts';
import { disclosure, element, section, tableOf } from './element.ts';
import { durationText, time } from './times.ts';

export function factsSection({ facts }: MacReport): HTMLElement {
  const pairs = facts.map(({ name, value }) =>
    element(
      'div',
      {},
      element('dt', {}, name),
      element('dd', {}, typeof value === 'string' ? value : time(value.at)),
    ),
  );
  return section('facts', 'This Mac', element('dl', { class: 'facts' }, ...pairs));
}

const outcomes: Readonly<Record<string, string>> = {
  open: 'not yet',
  'token-refreshed': 'tokens refreshed',
  'password-synced': 'password synced',
  abandoned: 'abandoned: another registration or method',
};

/** The token cycles, and their lag. */
export function syncSection({ sync }: MacReport): HTMLElement {
  const about = element(
    'p',
    {},
    'Each row is one token cycle, from one confirmation of the password to the next.',
    ' The Mac does not know when the password was changed elsewhere.',
  );
  if (sync.length === 0)
    return section('sync', 'Password confirmations', element('p', {}, 'No password window was due yet.'));
  const late = sync.filter(({ lagSeconds }) => lagSeconds !== null);
  return section(
    'sync',
    'Password confirmations',
    about,
    disclosure(
      [`${late.length} of ${sync.length} token cycles ${late.length === 1 ? 'was' : 'were'} late`],
      () => [
        tableOf(
          'Password confirmations, the newest first',
          ['Last confirmed', 'Due', 'macOS asked', 'Confirmed again', 'Outcome', 'Lag', 'Active time'],
          sync.slice(0, 500).map(row),
        ),
      ],
    ),
  );
}

function row(of: SyncReport): (Node | string)[] {
  const at = (instant: number | null) => (instant === null ? '–' : time(instant));
  const seconds = (duration: number | null) => (duration === null ? '–' : durationText(duration));
  return [
    time(of.confirmedAt),
    at(of.dueAt),
    at(of.promptedAt),
    at(of.refreshedAt),
    outcomes[of.outcome] ?? of.outcome,
    seconds(of.lagSeconds),
    seconds(of.activeLagSeconds),
  ];
}
