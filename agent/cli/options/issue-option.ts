import { catalogue } from '../../issues/catalogue.ts';
import { noOrganisation, type Organisation } from '../../issues/organisation.ts';
import { UsageError } from '../../shared/errors.ts';
import { nearestOf } from '../../shared/nearest.ts';

/**
 * The id of the issue that a person means: an id of the catalogue, or the beginning of only one. Throws
 * UsageError with the ids that are near.
 */
export function issueOption(text: string, { own }: Organisation = noOrganisation): string {
  const ids: readonly string[] = [...catalogue, ...own].map(({ id }) => id);
  const wanted = text.toLowerCase();
  if (ids.includes(wanted)) return wanted;
  const matching = wanted === '' ? [] : ids.filter((id) => id.startsWith(wanted));
  const [only] = matching;
  if (only !== undefined && matching.length === 1) return only;
  const near = matching.length > 0 ? matching : nearTo(wanted, ids);
  const hint = near.length === 0 ? '' : ` Did you mean ${listOf(near)}?`;
  const what = matching.length > 0 ? `several issues begin with "${text}".` : `there is no issue "${text}";`;
  throw new UsageError(
    matching.length > 0 ? `${what}${hint}` : `${what} \`psso-monitor catalogue\` lists them.${hint}`,
  );
}

/** A misspelt id, the ids that have the text in them, or those of which it is a misspelt beginning. */
function nearTo(text: string, ids: readonly string[]): readonly string[] {
  const whole = nearestOf(text, ids);
  if (whole !== null) return [whole];
  const having = text.length < 3 ? [] : ids.filter((id) => id.includes(text));
  if (having.length > 0) return having;
  // A short text is near to the beginning of any id.
  if (text.length < 6) return [];
  const beginning = nearestOf(
    text,
    ids.map((id) => id.slice(0, text.length)),
  );
  return beginning === null ? [] : ids.filter((id) => id.startsWith(beginning));
}

function listOf(ids: readonly string[]): string {
  return ids.length === 1 ? String(ids[0]) : `${ids.slice(0, -1).join(', ')} or ${ids.at(-1)}`;
}
