import { isIssueId, issueIds } from '../issues/issues.ts';
import { isOwnId } from '../issues/organisation.ts';
import { dictionaryOf } from '../mac/parse/dictionary.ts';
import { meantBy, nearestOf } from '../shared/nearest.ts';
import { sanitiseLine } from '../shared/safe-text.ts';
import type { EpochMs } from '../shared/time.ts';
import { checkSsoPayloads, ssoPayloadType } from './check-sso-payload.ts';
import { settingDoubts } from './doubts.ts';
import { payloadsIn } from './payloads-in.ts';
import { preferencesDomain } from './read-settings.ts';
import { definitions, isSettingKey, settingKeys } from './schema.ts';
import { effectiveSettings, type SettingProblem } from './settings.ts';
import { withOwnIssues } from './with-own-issues.ts';

export interface CheckedProfile {
  /** Payloads of our domain in the file; a plain property list of keys counts as one. */
  readonly payloads: number;
  /**
   * Single sign-on payloads (com.apple.extensiblesso) in the file; the managed property list counts as one.
   */
  readonly ssoPayloads: number;
  readonly problems: readonly ProfileProblem[];
}

/** `issue`: the issue of the catalogue that the mistake leads to on a Mac; null: none. */
type ProfileProblem = Pick<SettingProblem, 'key' | 'message'> & { readonly issue: string | null };

/**
 * Checks a profile of settings or of Platform SSO, or its bare property list, before an admin deploys it.
 * `now` judges a time in it.
 * Rejects with PlistError when the file is no property list.
 */
export async function checkProfile(bytes: Uint8Array, now: EpochMs): Promise<CheckedProfile> {
  const found = await payloadsIn(bytes);
  if (found === null)
    return {
      payloads: 0,
      ssoPayloads: 0,
      problems: [{ key: '', message: 'The file is a property list, but no dictionary.', issue: null }],
    };
  const { ours, sso, types, origin, setOnce } = found;
  const inOurs = await Promise.all(ours.map((entries) => problemsOf(entries, origin, now)));
  const problems: ProfileProblem[] = [...inOurs.flat(), ...differences(ours), ...checkSsoPayloads(sso)];
  if (setOnce) problems.push({ key: '', message: onlyForced, issue: null });
  else if (ours.length === 0 && sso.length === 0) {
    const there = types.filter((type) => type !== '').join(', ') || 'none';
    const message = `The profile has no payload of type ${preferencesDomain} or ${ssoPayloadType} (it has: ${there}).`;
    problems.push({ key: 'PayloadType', message, issue: null });
  }
  return { payloads: ours.length, ssoPayloads: sso.length, problems };
}

const onlyForced =
  'The profile sets settings once (Set-Once). They are not managed, and the agent does not read them: use Forced.';

/** Settings that two payloads of one file set differently. */
function differences(payloads: readonly Readonly<Record<string, unknown>>[]): ProfileProblem[] {
  return settingKeys.flatMap((key) => {
    const values = payloads.flatMap((entries) => (key in entries ? [JSON.stringify(entries[key])] : []));
    const message = `Two payloads of the file set ${key} to different values; which one a Mac uses is not defined.`;
    return new Set(values).size > 1 ? [{ key, message, issue: null }] : [];
  });
}

async function problemsOf(
  entries: Readonly<Record<string, unknown>>,
  origin: 'managed' | 'user',
  now: EpochMs,
): Promise<ProfileProblem[]> {
  const effective = effectiveSettings([{ origin, entries }]);
  const { problems } = await withOwnIssues(effective, []);
  return [...problems, ...unreadInQuietHours(entries), ...settingDoubts(effective, now)].map(
    ({ key, message }) => {
      const meant = isSettingKey(key) ? null : meantBy(key, settingKeys);
      const hint = meant === null ? '' : ` Did you mean ${meant}?`;
      return {
        key,
        issue: null,
        message: `${message}${hint}${typeHint(key, entries[key])}${choiceHint(key, entries[key])}${issueHint(meant ?? key, entries[key])}`,
      };
    },
  );
}

/** A hint when the same value is valid as a number or a boolean. */
function typeHint(key: string, value: unknown): string {
  if (typeof value !== 'string') return '';
  const taken = (other: unknown) =>
    isSettingKey(key) &&
    effectiveSettings([{ origin: 'managed', entries: { [key]: other } }]).problems.length === 0;
  const text = value.trim();
  if (/^-?\d+$/.test(text) && taken(Number(text))) return ' It is a text; in the plist it must be <integer>.';
  if (/^(true|false|yes|no)$/i.test(text) && taken(/^(true|yes)$/i.test(text)))
    return ' It is a text; in the plist it must be <true/> or <false/>.';
  return '';
}

/** The word that a wrong one of a list of words may mean. */
function choiceHint(key: string, value: unknown): string {
  if (!isSettingKey(key) || typeof value !== 'string') return '';
  const { shape } = definitions[key];
  if (shape.kind !== 'choice' || shape.of.includes(value)) return '';
  const meant = nearestOf(value.trim(), shape.of);
  return meant === null ? '' : ` Did you mean ${meant}?`;
}

/**
 * The unknown ids in a list of issues. The agent records only their count: a profile may contain any text.
 */
function issueHint(key: string, value: unknown): string {
  if ((key !== 'IgnoredIssues' && key !== 'DisabledIssues') || !Array.isArray(value)) return '';
  const unknown = value.filter(
    (id): id is string => typeof id === 'string' && !isIssueId(id) && !isOwnId(id),
  );
  const named = unknown.map((id) => {
    const meant = nearestOf(id, issueIds);
    return `"${sanitiseLine(id, 60)}"${meant === null ? '' : ` (did you mean ${meant}?)`}`;
  });
  return named.length === 0 ? '' : ` There is no issue ${named.join(', nor ')}.`;
}

/** The agent ignores other keys of QuietHours; the author of the profile may expect an effect. */
function unreadInQuietHours(entries: Readonly<Record<string, unknown>>): { key: string; message: string }[] {
  const hours = dictionaryOf(entries.QuietHours) ?? {};
  return Object.keys(hours)
    .filter((key) => key !== 'Start' && key !== 'End')
    .map((key) => ({
      key: 'QuietHours',
      message: `QuietHours has a key ${JSON.stringify(sanitiseLine(key, 60))}, which is ignored; the keys are Start and End.`,
    }));
}
