import { entryOf, possibleCausesOf } from '../issues/catalogue.ts';
import type { CatalogueEntry } from '../issues/catalogue-schema.ts';
import { changeFromText } from '../shared/changes.ts';
import type { IdentityProvider } from '../shared/identity-provider.ts';
import type { EpochMs } from '../shared/time.ts';
import type { EventRow, IssueRow } from '../store/store.ts';
import { detailOf, evidenceKinds, instantOf } from './history.ts';

/** The evidence of the newest event of an issue. */
export type Evidence = Readonly<Record<string, unknown>>;

/** A change on the Mac before an issue opened, from its evidence. */
export interface ChangeBefore {
  readonly at: EpochMs;
  readonly kind: string;
  /** Empty: none or unknown. */
  readonly from: string;
  readonly to: string;
}

/** `events`: the oldest first. null: no event opened or updated the issue. */
export function evidenceOf(issue: string, events: readonly EventRow[]): Evidence | null {
  const last = events.findLast((event) => event.issue === issue && evidenceKinds.includes(event.kind));
  return last === undefined ? null : detailOf(last);
}

/** The evidence of one episode. */
export function evidenceOfEpisode(
  { issue, opened_at: from, resolved_at: until }: IssueRow,
  events: readonly EventRow[],
): Evidence | null {
  // Instants of the views are ISO 8601, UTC, and a fraction may be missing.
  const [first, last] = [Date.parse(from), until === '' ? Number.POSITIVE_INFINITY : Date.parse(until)];
  return evidenceOf(
    issue,
    events.filter(({ at }) => Date.parse(at) >= first && Date.parse(at) <= last),
  );
}

/**
 * The possible causes that the evidence names, in its order; null: it names none, and no empty list. An older
 * version listed causes that the identity provider can't have.
 */
export function possibleCausesIn(
  evidence: Evidence | null,
  provider: IdentityProvider,
): readonly CatalogueEntry[] | null {
  const ranked: unknown = evidence?.possibleCauses;
  if (!Array.isArray(ranked)) return null;
  return ranked
    .flatMap((id) => (typeof id === 'string' ? (entryOf(id, provider) ?? []) : []))
    .filter(({ providers }) => providers.includes(provider));
}

/**
 * In the order of the evidence; without it in the order of the catalogue. Of an issue that was found, what
 * has a detector is named only when its sign was seen: the evidence then has it.
 */
export function possibleCausesGiven(
  issue: string,
  evidence: Evidence | null,
  provider: IdentityProvider,
): readonly CatalogueEntry[] {
  const possible = possibleCausesOf(issue, provider);
  return (
    possibleCausesIn(evidence, provider) ??
    (evidence === null ? possible : possible.filter(({ detectable }) => !detectable))
  );
}

export function changesBefore(evidence: Evidence): ChangeBefore[] {
  const listed: unknown = evidence.changesBefore;
  if (!Array.isArray(listed)) return [];
  return listed.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null || !('kind' in one) || !('at' in one)) return [];
    const at = instantOf(one.at);
    if (at === null || typeof one.kind !== 'string') return [];
    const word = (value: unknown) => (typeof value === 'string' ? value : '');
    return [
      { at, kind: one.kind, from: word('from' in one ? one.from : ''), to: word('to' in one ? one.to : '') },
    ];
  });
}

/** A change in words, with the value before it. */
export function changeBeforeText({ kind, from, to }: Omit<ChangeBefore, 'at'>): string {
  // Two digests mean nothing to a reader.
  if (kind === 'profile-changed')
    return `SSO profile ${to === '' ? 'removed' : from === '' ? 'installed' : 'changed'}`;
  if (kind === 'company-portal-updated' && to === '') return `Company Portal ${from} removed`;
  return changeFromText(kind, from, to);
}
