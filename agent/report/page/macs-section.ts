import { isBroken, openIssuesText } from '../../fleet/broken-macs.ts';
import type { FleetSummary } from '../../fleet/fleet-output.ts';
import type { Tone } from '../../history/timeline/timeline-shape.ts';
import type { FleetReport } from '../report.ts';
import { element, section } from './element.ts';
import { signs } from './headline.ts';
import { pagerOf } from './pager.ts';
import { time, withLocalTimes } from './times.ts';

type Mac = FleetSummary['list'][number];
export type Pages = FleetReport['pages'];

/** The titles of issues by id. */
export function titlesOf({ issues }: Pick<FleetSummary, 'issues'>): ReadonlyMap<string, string> {
  return new Map(issues.map(({ issue, title }) => [issue, title]));
}

/** The Mac's name, as a link to its own page if there is one. */
export function macLink(name: string, pages: Pages): HTMLElement | string {
  const page = Object.hasOwn(pages, name) ? pages[name] : undefined;
  return page === undefined ? name : element('a', { href: page }, name);
}

const states: Readonly<Record<string, readonly [text: string, tone: Tone]>> = {
  ok: ['works', 'good'],
  exempt: ['exempt', 'quiet'],
  'not-configured': ['not configured', 'quiet'],
  'not-registered': ['not registered', 'bad'],
  'needs-attention': ['needs attention', 'bad'],
  unknown: ['unknown', 'unknown'],
};

/** A state with its sign, since colour alone is not accessible. */
export function stateBadge(headline: string): HTMLElement {
  const [text, tone] = (Object.hasOwn(states, headline) ? states[headline] : undefined) ?? [
    headline,
    'unknown',
  ];
  const sign = signs[tone];
  return element(
    'span',
    { class: `state ${tone}` },
    element('span', { 'aria-hidden': 'true' }, sign),
    ` ${text}`,
  );
}

interface Column {
  readonly head: string;
  readonly of: (mac: Mac) => readonly (Node | string)[];
  /** What the column is sorted by. */
  readonly by: (mac: Mac) => string | number;
}

interface MacsSection {
  readonly section: HTMLElement;
  /** Shows only the Macs with this open issue, and moves there. */
  readonly showWith: (issue: string) => void;
}

/** All Macs, the broken ones first, with a filter; a head sorts by its column. */
export function macsSection(summary: FleetSummary, pages: Pages): MacsSection {
  const { list, silent } = summary;
  const silentMacs = new Set(silent.map(({ mac }) => mac));
  const titles = titlesOf(summary);
  const columns = columnsOf(list, { pages, titles, silentMacs });
  const rank = (mac: Mac) => (silentMacs.has(mac.mac) ? 1 : isBroken(mac) ? 0 : 2);
  let sorted = list.toSorted((one, other) => rank(one) - rank(other));
  let found: readonly Mac[] = sorted;
  const count = element('p', { role: 'status', class: 'count' });
  const body = element('tbody');
  const show = () => {
    const { from, to } = pager.range(found.length);
    body.replaceChildren(...found.slice(from, to).map((mac) => row(mac, columns)));
    const here = found.length > to - from ? `, ${from + 1} to ${to} here` : '';
    count.textContent = `${found.length} of ${list.length} Macs${here}.`;
  };
  const pager = pagerOf('Pages of Macs', { back: 'Before', on: 'Next' }, { perPage: 50, turned: show });
  const update = () => {
    found = sorted.filter(filter.matcher());
    pager.reset();
    show();
  };
  const filter = macFilter({ silentMacs, titles }, update);
  const heads = sortableHeads(columns, (column, direction) => {
    sorted = list.toSorted((one, other) => direction * compared(column.by(one), column.by(other)));
    update();
  });
  show();
  const table = element(
    'table',
    {},
    element('caption', { class: 'spoken' }, 'All Macs; a head sorts by its column'),
    element('thead', {}, element('tr', {}, ...heads)),
    body,
  );
  const whole = section(
    'macs',
    'All Macs',
    filter.form,
    count,
    element('div', { class: 'frame', tabindex: 0, role: 'group', 'aria-label': 'Table of Macs' }, table),
    pager.buttons,
  );
  const showWith = (issue: string) => {
    filter.chooseIssue(issue);
    whole.scrollIntoView();
  };
  return { section: whole, showWith };
}

interface Known {
  readonly pages: Pages;
  readonly titles: ReadonlyMap<string, string>;
  readonly silentMacs: ReadonlySet<string>;
}

function columnsOf(list: readonly Mac[], { pages, titles, silentMacs }: Known): Column[] {
  const plain = (
    head: string,
    key: 'user' | 'device' | 'macos' | 'companyPortal' | 'agentVersion',
  ): Column => ({
    head,
    of: (mac) => [mac[key]],
    by: (mac) => mac[key],
  });
  const withIdentity = list.some(({ user, device }) => user !== '' || device !== '');
  return [
    { head: 'Mac', of: ({ mac }) => [macLink(mac, pages)], by: ({ mac }) => mac },
    ...(withIdentity ? [plain('User', 'user'), plain('Device', 'device')] : []),
    {
      head: 'State',
      of: (mac) => [
        stateBadge(mac.was ?? mac.headline),
        ...(silentMacs.has(mac.mac) ? [' ', element('span', { class: 'state unknown' }, '… silent')] : []),
        ...(mac.was === null || mac.lastRecordAt === null
          ? []
          : [element('span', { class: 'muted' }, ' not known since ', time(Date.parse(mac.lastRecordAt)))]),
      ],
      by: (mac) => (isBroken(mac) ? 0 : silentMacs.has(mac.mac) ? 1 : (mac.was ?? mac.headline)),
    },
    {
      head: 'Open issues',
      of: (mac) => [withLocalTimes(openIssuesText(mac, (issue) => titles.get(issue) ?? issue))],
      by: ({ openIssues }) => -openIssues.length,
    },
    {
      head: 'Last record',
      of: ({ lastRecordAt }) => [lastRecordAt === null ? '–' : time(Date.parse(lastRecordAt))],
      by: ({ lastRecordAt }) => (lastRecordAt === null ? 0 : Date.parse(lastRecordAt)),
    },
    {
      head: 'Proven',
      of: ({ proven }) => [provenText(proven)],
      by: ({ proven }) => -provenIn(proven).length,
    },
    plain('macOS', 'macos'),
    plain('Company Portal', 'companyPortal'),
    plain('Agent', 'agentVersion'),
  ];
}

function provenIn(proven: Mac['proven']): string[] {
  return Object.entries(proven).flatMap(([scenario, at]) => (at === null ? [] : [scenario]));
}

const provenText = (proven: Mac['proven']) => provenIn(proven).join(', ') || '–';

const collator = new Intl.Collator('en', { numeric: true });

function compared(one: string | number, other: string | number): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return collator.compare(String(one), String(other));
}

function sortableHeads(
  columns: readonly Column[],
  sort: (column: Column, direction: 1 | -1) => void,
): HTMLElement[] {
  const heads = columns.map((column) => {
    const sign = element('span', { class: 'sign-of-sort', 'aria-hidden': 'true' });
    const button = element('button', { type: 'button', class: 'sort' }, column.head, sign);
    const head = element('th', { scope: 'col' }, button);
    button.addEventListener('click', () => {
      const direction = head.getAttribute('aria-sort') === 'ascending' ? -1 : 1;
      for (const other of heads) {
        other.removeAttribute('aria-sort');
        for (const one of other.querySelectorAll('.sign-of-sort')) one.textContent = '';
      }
      sign.textContent = direction === 1 ? ' ▲' : ' ▼';
      head.setAttribute('aria-sort', direction === 1 ? 'ascending' : 'descending');
      sort(column, direction);
    });
    return head;
  });
  return heads;
}

interface MacFilter {
  readonly form: HTMLElement;
  readonly chooseIssue: (issue: string) => void;
  /** Whether a Mac passes the filter. */
  readonly matcher: () => (mac: Mac) => boolean;
}

function macFilter({ silentMacs, titles }: Omit<Known, 'pages'>, changed: () => void): MacFilter {
  const words = element('input', {
    type: 'search',
    id: 'mac-words',
    placeholder: 'name, issue or version',
  });
  const which = element(
    'select',
    { id: 'mac-which' },
    ...[
      ['all', 'All'],
      ['open', 'With an open issue'],
      ['silent', 'Silent'],
      ['silenced', 'With a silenced issue'],
    ].map(([value, text]) => element('option', { value }, text ?? '')),
  );
  const withIssue = element(
    'select',
    { id: 'mac-issue' },
    element('option', { value: '' }, 'Any or none'),
    ...[...titles].map(([issue, title]) => element('option', { value: issue }, title)),
  );
  for (const control of [words, which, withIssue]) control.addEventListener('input', changed);
  const form = element(
    'form',
    { role: 'search', 'aria-label': 'Filter of the Macs', class: 'filter' },
    element('label', {}, element('span', {}, 'Search'), words),
    element('label', {}, element('span', {}, 'Which Macs'), which),
    element('label', {}, element('span', {}, 'Issue'), withIssue),
  );
  form.addEventListener('submit', (event) => event.preventDefault());
  const matcher = () => {
    const wanted = words.value.trim().toLowerCase();
    return (mac: Mac) => {
      if (which.value === 'open' && mac.openIssues.length === 0) return false;
      if (which.value === 'silenced' && mac.silenced.length === 0) return false;
      if (withIssue.value !== '' && !mac.openIssues.includes(withIssue.value)) return false;
      if (which.value === 'silent' && !silentMacs.has(mac.mac)) return false;
      // A reader searches for the titles and states that the page shows.
      const shown = [
        ...Object.values(mac).filter((value) => typeof value === 'string'),
        ...mac.openIssues,
        withLocalTimes(openIssuesText(mac, (issue) => titles.get(issue) ?? '')),
        states[mac.was ?? mac.headline]?.[0] ?? '',
        provenText(mac.proven),
      ];
      return wanted === '' || shown.some((value) => value.toLowerCase().includes(wanted));
    };
  };
  const chooseIssue = (issue: string) => {
    words.value = '';
    which.value = 'all';
    withIssue.value = issue;
    changed();
    withIssue.focus({ preventScroll: true });
  };
  return { form, chooseIssue, matcher };
}

function row(mac: Mac, columns: readonly Column[]): HTMLElement {
  return element(
    'tr',
    {},
    ...columns.map(({ head, of }) => element('td', { 'data-head': head }, ...of(mac))),
  );
}
