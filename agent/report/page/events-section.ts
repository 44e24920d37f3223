import { filledText } from '../../shared/filled-text.ts';
import { routineKinds } from '../../shared/routine-kinds.ts';
import type { ReportTexts } from '../../texts/report-texts.ts';
import { element, section } from './element.ts';
import type { Events } from './events.ts';
import { pagerOf } from './pager.ts';
import { isPrinting } from './printing.ts';
import { severityText } from './severity-text.ts';
import type { View } from './timeline-chart.ts';
import { exactText, time } from './times.ts';

const perPage = 50;

const severities = ['info', 'low', 'medium', 'high'] as const;
const ranks: readonly string[] = severities;
const rank = (severity: string) => ranks.indexOf(severity);

type Labels = ReportTexts['events'];

export interface EventsSection {
  readonly section: HTMLElement;
  /** Sets the visible part of the timeline. */
  readonly setView: (view: View) => void;
}

/**
 * A table of events, the newest first, with a filter. Only the rows of the present page are in the document.
 */
export function eventsSection(
  events: Events,
  { events: labels, severities: severityTexts }: ReportTexts,
): EventsSection {
  const count = element('p', { role: 'status', class: 'count' });
  const body = element('tbody');
  const table = eventsTable(body, labels);
  let view: View | null = null;
  let found: number[] = [];

  const show = () => {
    const { from, to } = pager.range(found.length);
    body.replaceChildren(...found.slice(from, to).map((index) => row(events, index, labels, severityTexts)));
    const counts = { found: found.length, all: events.count, from: from + 1, to };
    count.textContent = filledText(found.length > to - from ? labels.countHere : labels.count, counts);
  };
  const turned = () => {
    show();
    if (!isPrinting()) table.scrollIntoView({ block: 'start' });
  };
  const pager = pagerOf(labels.pages, { back: labels.newer, on: labels.older }, { perPage, turned });
  const update = () => {
    const matches = filter.matcher(view);
    found = [];
    for (let index = events.count - 1; index >= 0; index--) if (matches(index)) found.push(index);
    pager.reset();
    show();
  };
  const filter = eventFilter(events, update, labels, severityTexts);
  update();
  return {
    section: section(
      'events',
      labels.heading,
      filter.form,
      count,
      element('div', { class: 'frame', tabindex: 0, role: 'group', 'aria-label': labels.table }, table),
      pager.buttons,
    ),
    setView: (next) => {
      view = next;
      if (filter.usesView()) update();
    },
  };
}

function eventsTable(body: HTMLElement, labels: Labels): HTMLElement {
  return element(
    'table',
    { class: 'events' },
    element('caption', { class: 'spoken' }, labels.newestFirst),
    element(
      'thead',
      {},
      element('tr', {}, ...labels.heads.map((text) => element('th', { scope: 'col' }, text))),
    ),
    body,
  );
}

interface EventFilter {
  readonly form: HTMLElement;
  /** Whether an event passes the filter. `view`: the visible part of the timeline. */
  readonly matcher: (view: View | null) => (index: number) => boolean;
  readonly usesView: () => boolean;
}

function eventFilter(
  events: Events,
  changed: () => void,
  labels: Labels,
  severityTexts: ReportTexts['severities'],
): EventFilter {
  const words = element('input', { type: 'search', id: 'words', placeholder: labels.example });
  const kind = element(
    'select',
    { id: 'kind' },
    element('option', { value: 'notable' }, labels.notable),
    element('option', { value: '' }, labels.everything),
    ...events.values('kind').map((value) => element('option', { value }, value)),
  );
  const severity = element(
    'select',
    { id: 'severity' },
    ...severities.map((value) =>
      element(
        'option',
        { value },
        value === 'info' ? labels.any : filledText(labels.orMore, { severity: severityTexts[value] }),
      ),
    ),
  );
  const onlyShown = element('input', { type: 'checkbox', id: 'only-shown' });
  for (const control of [words, kind, severity, onlyShown]) control.addEventListener('input', changed);
  const form = element(
    'form',
    { role: 'search', 'aria-label': labels.filter, class: 'filter' },
    labelled(labels.search, words),
    labelled(labels.which, kind),
    labelled(labels.heads[2], severity),
    element('label', { class: 'check' }, onlyShown, ` ${labels.onlyShown}`),
  );
  form.addEventListener('submit', (event) => event.preventDefault());
  const matcher = (view: View | null) => {
    const hasWords = events.search(words.value);
    const least = rank(severity.value);
    return (index: number) => {
      const at = events.at[index] ?? 0;
      if (onlyShown.checked && view !== null && (at < view.from || at > view.to)) return false;
      const of = events.text('kind', index);
      if (kind.value === 'notable' ? routineKinds.has(of) : kind.value !== '' && kind.value !== of)
        return false;
      if (least > 0 && rank(events.text('severity', index)) < least) return false;
      return hasWords(index);
    };
  };
  return { form, matcher, usesView: () => onlyShown.checked };
}

function labelled(text: string, control: HTMLElement): HTMLElement {
  return element('label', {}, element('span', {}, text), control);
}

function row(
  events: Events,
  index: number,
  { heads: [when, what, grade, summary] }: Labels,
  severityTexts: ReportTexts['severities'],
): HTMLElement {
  const at = events.at[index] ?? 0;
  const severity = events.text('severity', index);
  const of = (column: Parameters<Events['text']>[0]) => events.text(column, index);
  const unfolded = isPrinting();
  const more = element(
    'details',
    { open: unfolded },
    element('summary', {}, events.summary(index)),
    ...(unfolded ? [details(of)] : []),
  );
  more.addEventListener('toggle', () => {
    if (more.open && more.childElementCount === 1) more.append(details(of));
  });
  return element(
    'tr',
    {},
    element('td', { 'data-head': when }, time(at, exactText(at))),
    element('td', { 'data-head': what }, of('kind')),
    element(
      'td',
      { 'data-head': grade },
      element(
        'span',
        { class: `severity ${severityClass(severity)}` },
        severityText(severity, severityTexts),
      ),
    ),
    element('td', { 'data-head': summary }, more),
  );
}

/** A known class for any text of the database. */
function severityClass(severity: string): string {
  return severity === 'high' ? 'bad' : severity === 'medium' ? 'notice' : 'quiet';
}

function details(of: (column: Parameters<Events['text']>[0]) => string): HTMLElement {
  const pairs: [string, string][] = [
    ['Issue', of('issue')],
    ['Before', of('from')],
    ['After', of('to')],
    ['macOS', of('macos')],
    ['Agent', of('agent')],
    ...detailPairs(of('detail')),
  ];
  return element(
    'dl',
    {},
    ...pairs
      .filter(([, value]) => value !== '')
      .map(([name, value]) => element('div', {}, element('dt', {}, name), element('dd', {}, value))),
  );
}

function detailPairs(detail: string): [string, string][] {
  try {
    const parsed: unknown = JSON.parse(detail);
    if (typeof parsed !== 'object' || parsed === null) return [['Detail', detail]];
    return Object.entries(parsed).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]);
  } catch {
    return [['Detail', detail]];
  }
}
