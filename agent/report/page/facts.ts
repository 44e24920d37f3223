import { durationText } from '../../shared/duration-text.ts';
import { filledText } from '../../shared/filled-text.ts';
import type { MacReport, SyncReport } from '../report.ts';
import { disclosure, element, section, tableOf } from './element.ts';
import { time } from './times.ts';

export function factsSection({ facts, labels }: MacReport): HTMLElement {
  const pairs = facts.map(({ name, value }) =>
    element(
      'div',
      {},
      element('dt', {}, labels.facts.names[name]),
      element('dd', {}, typeof value === 'string' ? value : time(value.at)),
    ),
  );
  return section('facts', labels.facts.heading, element('dl', { class: 'facts' }, ...pairs));
}

/** The token cycles, and their lag. */
export function syncSection({ sync, labels: { confirmations: labels } }: MacReport): HTMLElement {
  if (sync.length === 0) return section('sync', labels.heading, element('p', {}, labels.none));
  const counts = { late: sync.filter(({ late }) => late).length, all: sync.length };
  return section(
    'sync',
    labels.heading,
    element('p', {}, labels.about),
    disclosure([filledText(labels.late, counts)], () => [
      tableOf(
        labels.newestFirst,
        labels.heads,
        sync.slice(0, 500).map((one) => row(one, labels.outcomes)),
      ),
    ]),
  );
}

function row(of: SyncReport, outcomes: Readonly<Record<string, string>>): (Node | string)[] {
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
