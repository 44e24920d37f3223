import { filledText } from '../../shared/filled-text.ts';
import type { FactName } from '../../texts/report-texts.ts';
import type { FleetReport, MacReport } from '../report.ts';
import { element } from './element.ts';
import { Events } from './events.ts';
import { eventsSection } from './events-section.ts';
import { factsSection, syncSection } from './facts.ts';
import { filled } from './filled.ts';
import { fleetPage } from './fleet.ts';
import { headline } from './headline.ts';
import { issuesSection } from './issues.ts';
import { themeChooser } from './theme.ts';
import { timelineSection } from './timeline-section.ts';
import { time } from './times.ts';

function macPage(report: MacReport): Node[] {
  const events = new Events(report.events);
  const table = eventsSection(events, report.labels);
  return [
    whose(report),
    ...contactsOf(report),
    headline(report),
    issuesSection(report),
    timelineSection(report, events, table.setView),
    table.section,
    syncSection(report),
    factsSection(report),
  ];
}

/** The Mac, the user, the provider, the versions and the file, where they are known. */
function whose({ subject, facts, version, labels }: MacReport): HTMLElement {
  const fact = (name: FactName) => {
    const value = facts.find((one) => one.name === name)?.value;
    return typeof value === 'string' ? value : '';
  };
  const named = (name: FactName) => (fact(name) === '' ? '' : `${labels.facts.names[name]} ${fact(name)}`);
  const parts = [
    subject.mac === null ? '' : `Mac ${subject.mac}`,
    named('User'),
    fact('Identity provider'),
    named('macOS'),
    named('Company Portal'),
    named('PSSO Monitor') || `PSSO Monitor ${version}`,
    subject.file === null ? '' : filledText(labels.file, { file: subject.file }),
  ];
  return element('p', { class: 'whose muted' }, parts.filter((part) => part !== '').join(' · '));
}

/** The organisation and its helpdesk. */
function contactsOf({ contacts, labels }: MacReport): HTMLElement[] {
  const { organizationName, helpdeskName, helpdeskUrl, helpdeskPhone } = contacts;
  const link = (href: string, text: string) => element('a', { href, rel: 'noreferrer' }, text);
  const reached = [
    ...(helpdeskName === null ? [] : [helpdeskName]),
    ...(helpdeskUrl === null ? [] : [link(helpdeskUrl, helpdeskUrl.replace(/^mailto:/, ''))]),
    ...(helpdeskPhone === null ? [] : [helpdeskPhone]),
  ].flatMap((part, index) => (index === 0 ? [part] : [', ', part]));
  const helpdesk = reached.length === 0 ? [] : [`${labels.helpdesk}: `, ...reached];
  const name = organizationName === null ? [] : [organizationName, ...(reached.length === 0 ? [] : [' · '])];
  const parts = [...name, ...helpdesk];
  return parts.length === 0 ? [] : [element('p', { class: 'contacts' }, ...parts)];
}

/** The data that html.ts packed into this file. */
async function unpacked(): Promise<MacReport | FleetReport> {
  const text = atob(document.getElementById('report')?.textContent ?? '');
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return await new Response(plain).json();
}

async function show(): Promise<void> {
  const data = await unpacked();
  const { footer } = data.labels;
  document.querySelector('header')?.append(themeChooser(data.labels.colours));
  document.querySelector('main')?.replaceChildren(...(data.kind === 'mac' ? macPage(data) : fleetPage(data)));
  document
    .querySelector('footer')
    ?.append(
      element('p', {}, ...filled(footer.made, { version: data.version, time: time(data.generatedAt) })),
      element('p', {}, footer.selfContained),
    );
}

show().catch((error: unknown) => {
  const unsupported =
    'This browser cannot show the report. Use Safari 16.4, Chrome 80, Firefox 113 or later.';
  document
    .querySelector('main')
    ?.replaceChildren(element('p', { role: 'alert' }, `${unsupported} ${String(error)}`));
});
