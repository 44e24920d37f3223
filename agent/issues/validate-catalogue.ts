import * as z from 'zod/mini';
import { day, type EpochMs } from '../shared/time.ts';
import { type CatalogueEntry, catalogueEntry } from './catalogue-schema.ts';
import { issueIds } from './issues.ts';

/** Hosts that a link may name: the vendors' pages, and GitHub. */
const knownHosts: readonly string[] = [
  'learn.microsoft.com',
  'developer.apple.com',
  'support.apple.com',
  'help.okta.com',
  'github.com',
];

/** A claim about another vendor's product is reviewed within a year. */
const longestReview = 366 * day;
const mostSentences = 6;

export interface CatalogueProblem {
  readonly id: string;
  readonly message: string;
}

export function sentencesIn(text: string): number {
  return text.split(/[.!?](?=\s|$)|。/).filter((part) => part.trim() !== '').length;
}

/** The problems of these entries on this day, as sentences; empty: none. */
export function problemsIn(entries: readonly CatalogueEntry[], now: EpochMs): CatalogueProblem[] {
  const ids = entries.map((entry) => entry.id);
  const problems: CatalogueProblem[] = [];
  for (const [index, entry] of entries.entries()) {
    const add = (message: string) => problems.push({ id: entry.id, message });
    const checked = z.safeParse(catalogueEntry, entry);
    if (!checked.success) {
      for (const issue of checked.error.issues) add(`${issue.path.join('.')}: ${issue.message}`);
      continue;
    }
    if (ids.indexOf(entry.id) !== index) add('the id is duplicate');
    for (const message of problemsOf(entry, ids, now)) add(message);
  }
  for (const id of issueIds) {
    if (!ids.includes(id)) problems.push({ id, message: 'the list has it, and the catalogue does not' });
  }
  return problems;
}

function problemsOf(entry: CatalogueEntry, ids: readonly string[], now: EpochMs): string[] {
  const problems: string[] = [];
  const notifiable = entry.cadence.maximum > 0;
  const detected = entry.detector !== null;
  if (notifiable && !detected) problems.push('an issue that is notified must be detected');
  if (detected !== entry.detectable || detected !== (entry.reason === null))
    problems.push('an issue has a detector, or a reason why not');
  if (!detected && entry.reliability !== 'heuristic')
    problems.push('an issue without a detector must be heuristic');
  if (notifiable && entry.cadence.maximum > 1 && entry.cadence.repeatAfterSeconds.length === 0) {
    problems.push('reminders need a time to wait');
  }
  for (const other of entry.possibleCauseOf) {
    if (other === entry.id || !ids.includes(other))
      problems.push(`possibleCauseOf: no such issue "${other}"`);
  }
  const { from, below } = entry.macos;
  if (below !== null && Number(below) <= Number(from)) problems.push('macos: empty range');
  for (const link of entry.links) {
    const host = URL.parse(link.url)?.host;
    if (host === undefined || !knownHosts.includes(host)) problems.push(`links: unknown host in ${link.url}`);
  }
  if (sentencesIn(entry.admin.text) > mostSentences)
    problems.push(`admin.text: more than ${mostSentences} sentences`);
  if (entry.links.length === 0) problems.push('links: there is none');
  const review = Date.parse(`${entry.reviewBy}T00:00:00Z`);
  if (review <= now) problems.push(`reviewBy: was due on ${entry.reviewBy}; read the sources again`);
  if (review - now > longestReview) problems.push('reviewBy: more than a year ahead');
  return problems;
}
