import type { FleetSummary } from '../../fleet/fleet-output.ts';
import { element, section } from './element.ts';
import { pagerOf } from './pager.ts';
import { time } from './times.ts';

type Mac = FleetSummary['list'][number];

/** All Macs, those with open issues first, with a filter. */
export function macsSection({ list, silent }: FleetSummary): HTMLElement {
  const sorted = list.toSorted((one, other) => other.openIssues.length - one.openIssues.length);
  const withIdentity = list.some(({ user, device }) => user !== '' || device !== '');
  const count = element('p', { role: 'status', class: 'count' });
  const body = element('tbody');
  let found: readonly Mac[] = sorted;
  const show = () => {
    const { from, to } = pager.range(found.length);
    body.replaceChildren(...found.slice(from, to).map((mac) => row(mac, withIdentity)));
    const here = found.length > to - from ? `, ${from + 1} to ${to} here` : '';
    count.textContent = `${found.length} of ${list.length} Macs${here}.`;
  };
  const pager = pagerOf('Macs', { back: 'Before', on: 'Next' }, { perPage: 50, turned: show });
  const filter = macFilter(new Set(silent.map(({ mac }) => mac)), () => {
    found = sorted.filter(filter.matcher());
    pager.reset();
    show();
  });
  show();
  const table = macsTable(withIdentity, body);
  return section(
    'macs',
    'Macs',
    filter.form,
    count,
    element('div', { class: 'frame', tabindex: 0, role: 'group', 'aria-label': 'Table of Macs' }, table),
    pager.buttons,
  );
}

function macsTable(withIdentity: boolean, body: HTMLElement): HTMLElement {
  const heads = [
    'Mac',
    ...(withIdentity ? ['User', 'Device'] : []),
    'State',
    'Open issues',
    'Last event',
    'macOS',
    'Company Portal',
    'Agent',
  ];
  return element(
    'table',
    {},
    element('caption', { class: 'spoken' }, 'Macs, those with open issues first'),
    element('thead', {}, element('tr', {}, ...heads.map((text) => element('th', { scope: 'col' }, text)))),
    body,
  );
}

interface MacFilter {
  readonly form: HTMLElement;
  /** Whether a Mac passes the filter. */
  readonly matcher: () => (mac: Mac) => boolean;
}

function macFilter(silent: ReadonlySet<string>, changed: () => void): MacFilter {
  const words = element('input', {
    type: 'search',
    id: 'mac-words',
    placeholder: 'a name, an issue, a version',
  });
  const which = element(
    'select',
    { id: 'mac-which' },
    ...[
      ['all', 'All'],
      ['open', 'With an open issue'],
      ['silent', 'Silent'],
    ].map(([value, text]) => element('option', { value }, text ?? '')),
  );
  for (const control of [words, which]) control.addEventListener('input', changed);
  const form = element(
    'form',
    { role: 'search', 'aria-label': 'Filter of the Macs', class: 'filter' },
    element('label', {}, element('span', {}, 'With these words'), words),
    element('label', {}, element('span', {}, 'Which Macs'), which),
  );
  form.addEventListener('submit', (event) => event.preventDefault());
  const matcher = () => {
    const wanted = words.value.trim().toLowerCase();
    return (mac: Mac) => {
      if (which.value === 'open' && mac.openIssues.length === 0) return false;
      if (which.value === 'silent' && !silent.has(mac.mac)) return false;
      return (
        wanted === '' || Object.values(mac).some((value) => String(value).toLowerCase().includes(wanted))
      );
    };
  };
  return { form, matcher };
}

function row(mac: Mac, withIdentity: boolean): HTMLElement {
  const cell = (head: string, ...content: (Node | string)[]) =>
    element('td', { 'data-head': head }, ...content);
  return element(
    'tr',
    {},
    cell('Mac', mac.mac),
    ...(withIdentity ? [cell('User', mac.user), cell('Device', mac.device)] : []),
    cell(
      'State',
      ...(mac.was === null || mac.lastRecordAt === null
        ? [mac.headline]
        : ['Not known since ', time(Date.parse(mac.lastRecordAt)), ` (was: ${mac.was})`]),
    ),
    cell('Open issues', mac.openIssues.join(', ')),
    cell('Last event', mac.lastRecordAt === null ? '–' : time(Date.parse(mac.lastRecordAt))),
    cell('macOS', mac.macos),
    cell('Company Portal', mac.companyPortal),
    cell('Agent', mac.agentVersion),
  );
}
