import type { FleetSummary } from './fleet-output.ts';
import { withSilence } from './silenced.ts';

type Mac = FleetSummary['list'][number];
const brokenHeadlines = ['needs-attention', 'not-registered'];
export type BrokenMac = Mac & { readonly ageSeconds: number | null };

/** The Macs that need attention and are not silent, at `asOf`; the longest broken first. */
export function brokenOf({ list, silent, asOf }: FleetSummary): BrokenMac[] {
  const silentMacs = new Set(silent.map(({ mac }) => mac));
  const until = asOf === null ? null : Date.parse(asOf);
  return list
    .filter((mac) => !silentMacs.has(mac.mac) && isBroken(mac))
    .map((mac) => ({
      ...mac,
      ageSeconds:
        mac.since === null || until === null
          ? null
          : Math.max(0, Math.round((until - Date.parse(mac.since)) / 1000)),
    }))
    .sort((one, other) => (other.ageSeconds ?? -1) - (one.ageSeconds ?? -1));
}

/** By the last known state. An issue beside which sign-in works is the admin's, and breaks nothing. */
export function isBroken({ headline, was, openIssues }: Mac): boolean {
  const known = was ?? headline;
  return known === 'unknown' ? openIssues.length > 0 : brokenHeadlines.includes(known);
}

/** The names of the Macs on which the issue is open. */
export function macsWith(issue: string, { list }: Pick<FleetSummary, 'list'>): string[] {
  return list.filter(({ openIssues }) => openIssues.includes(issue)).map(({ mac }) => mac);
}

/** The open issues of a Mac by their names, with what is silenced; empty: none is open. */
export function openIssuesText(
  { openIssues, silenced }: Pick<Mac, 'openIssues' | 'silenced'>,
  nameOf: (issue: string) => string,
): string {
  const of = (issue: string) => silenced.find((one) => one.issue === issue);
  return openIssues.map((issue) => withSilence(nameOf(issue), of(issue))).join(', ');
}

/** The first names, and how many more there are. */
export function namesText(names: readonly string[], most = 3): string {
  if (names.length === 0) return '–';
  const more = names.length - most;
  return names.slice(0, most).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** The last known state of a silent Mac. */
export function stateThen(name: string, { list }: Pick<FleetSummary, 'list'>): string {
  const mac = list.find(({ mac }) => mac === name);
  return mac?.was ?? mac?.headline ?? '';
}
