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
  abandoned: 'given up: another registration or method',
};

/** When passwords reached this Mac, and how late. */
export function syncSection({ sync }: MacReport): HTMLElement {
  const about = element(
    'p',
    {},
    'Each line is a time in which the work password was to be confirmed, and when it was. When it was changed elsewhere is not on the Mac.',
  );
  if (sync.length === 0)
    return section('sync', 'Password confirmations', element('p', {}, 'No password window was due yet.'));
  const late = sync.filter(({ lagSeconds }) => lagSeconds !== null);
  return section(
    'sync',
    'Password confirmations',
    about,
    disclosure([`${late.length} of ${sync.length} were waited for`], () => [
      tableOf(
        'Password confirmations, the newest first',
        [
          'Last confirmed',
          'Due',
          'macOS asked',
          'Confirmed again',
          'Outcome',
          'Waited for',
          'Of that in use',
        ],
        sync.slice(0, 500).map(row),
      ),
    ]),
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
