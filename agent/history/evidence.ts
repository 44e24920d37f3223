import { entryOf, possibleCausesOf } from '../issues/catalogue.ts';
import type { CatalogueEntry } from '../issues/catalogue-schema.ts';
import type { IdentityProvider } from '../shared/identity-provider.ts';
import type { EpochMs } from '../shared/time.ts';
import type { EventRow } from '../store/store.ts';
import { detailOf, instantOf } from './history.ts';

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
  const last = events.findLast(
    (event) => event.issue === issue && (event.kind === 'issue-opened' || event.kind === 'issue-updated'),
  );
  return last === undefined ? null : detailOf(last);
}

/**
 * In the order of the evidence; without evidence in the order of the catalogue. An older version listed
 * causes that the identity provider can't have.
 */
export function possibleCausesGiven(
  issue: string,
  evidence: Evidence | null,
  provider: IdentityProvider,
): readonly CatalogueEntry[] {
  const ranked: unknown = evidence?.possibleCauses;
  if (!Array.isArray(ranked)) return possibleCausesOf(issue, provider);
  return ranked
    .flatMap((id) => (typeof id === 'string' ? (entryOf(id, provider) ?? []) : []))
    .filter(({ providers }) => providers.includes(provider));
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
