import { withInstants } from '../../shared/instants-in-text.ts';
import { element } from './element.ts';

/** The language of the page; in the form of the reader's region, where that has the same language. */
function locale(): string {
  const page = document.documentElement.lang;
  const primary = (tag: string) => tag.split('-', 1)[0];
  return navigator.languages.find((tag) => primary(tag) === primary(page)) ?? page;
}

const dateAndTime = new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' });
const exact = new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'medium' });

/** In the language of the page and the reader's time zone. */
export function localText(at: number): string {
  return dateAndTime.format(at);
}

export function exactText(at: number): string {
  return exact.format(at);
}

/** A sentence of the history with its UTC instants as local times. */
export function withLocalTimes(text: string): string {
  return withInstants(text, (iso) => localText(Date.parse(iso)));
}

/** A local time, with UTC as its tooltip. */
export function time(at: number, text: string = localText(at)): HTMLTimeElement {
  const iso = new Date(at).toISOString();
  return element('time', { datetime: iso, title: `${iso.slice(0, 19).replace('T', ' ')} UTC` }, text);
}

export function zoneName(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
