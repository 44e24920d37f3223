import type { FleetMac, ListedSummary } from './fleet-output.ts';
import { isSilent } from './is-silent.ts';
import { withSilence } from './silenced.ts';

const brokenHeadlines = ['needs-attention', 'not-registered'];
type BrokenMac = FleetMac & { readonly ageSeconds: number | null };

export interface BrokenMacs {
  readonly count: number;
  /** The longest broken first. */
  readonly first: readonly BrokenMac[];
}

/** The Macs that need attention and are not silent, at `asOf`. `most`: how many of them are wanted. */
export function brokenOf(
  summary: Pick<ListedSummary, 'list' | 'asOf' | 'silentAfterSeconds'>,
  most = Number.POSITIVE_INFINITY,
): BrokenMacs {
  const { list, asOf } = summary;
  const until = asOf === null ? null : Date.parse(asOf);
  let count = 0;
  let first: BrokenMac[] = [];
  for (const mac of list) {
    if (!isBroken(mac) || isSilent(mac, summary)) continue;
    count++;
    const since = mac.since === null ? null : Date.parse(mac.since);
    const known = since !== null && until !== null;
    first.push({ ...mac, ageSeconds: known ? Math.max(0, Math.round((until - since) / 1000)) : null });
    if (first.length >= 2 * most) first = longestFirst(first).slice(0, most);
  }
  return { count, first: longestFirst(first).slice(0, most) };
}

function longestFirst(macs: readonly BrokenMac[]): BrokenMac[] {
  return macs.toSorted((one, other) => (other.ageSeconds ?? -1) - (one.ageSeconds ?? -1));
}

/** By the last known state. An issue beside which sign-in works is the admin's, and breaks nothing. */
export function isBroken({ headline, was, openIssues }: FleetMac): boolean {
  const known = was ?? headline;
  return known === 'unknown' ? openIssues.length > 0 : brokenHeadlines.includes(known);
}

/** Beside the issues, when Macs are silent. */
export const silentMacsCount = 'An issue that was open when a Mac fell silent counts as open.';

/** Names of Macs, and how many there are. */
export interface MacNames {
  readonly count: number;
  readonly first: readonly string[];
}

/** The Macs on which each issue is open, by issue. `most`: how many names are wanted. */
export function macsByIssue(
  list: Iterable<FleetMac>,
  most = Number.POSITIVE_INFINITY,
): Map<string, MacNames> {
  const macs = new Map<string, { count: number; first: string[] }>();
  for (const { mac, openIssues } of list)
    for (const issue of openIssues) {
      const names = macs.get(issue) ?? { count: 0, first: [] };
      names.count++;
      if (names.first.length < most) names.first.push(mac);
      macs.set(issue, names);
    }
  return macs;
}

/** The open issues of a Mac by their names, with what is silenced; empty: none is open. */
export function openIssuesText(
  { openIssues, silenced }: Pick<FleetMac, 'openIssues' | 'silenced'>,
  nameOf: (issue: string) => string,
): string {
  const of = (issue: string) => silenced.find((one) => one.issue === issue);
  return openIssues.map((issue) => withSilence(nameOf(issue), of(issue))).join(', ');
}

/** The first names, and how many more there are. */
export function namesText({ count, first }: MacNames): string {
  if (count === 0) return '–';
  const more = count - first.length;
  return first.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** The last known states of these silent Macs, by name. */
export function statesThen(
  names: readonly string[],
  summary: Pick<ListedSummary, 'list' | 'asOf' | 'silentAfterSeconds'>,
): Map<string, string> {
  const wanted = new Set(names);
  const states = new Map<string, string>();
  for (const row of summary.list)
    if (isSilent(row, summary) && wanted.has(row.mac)) states.set(row.mac, row.was ?? row.headline);
  return states;
}
