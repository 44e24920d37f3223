import type { Assessment } from '../assess/assess.ts';
import type { Headline } from '../assess/headline.ts';
import type { Precondition } from '../assess/preconditions.ts';
import { filledText } from '../shared/filled-text.ts';
import { localTime } from '../shared/local-time.ts';
import { toIso } from '../shared/time.ts';
import { type StateKey, stateByKey } from '../store/state-keys.ts';
import type { StateRow } from '../store/store.ts';
import { en } from '../texts/en.ts';
import type { ReportTexts } from '../texts/report-texts.ts';

/** The headlines of `v_state` as sentences. */
export const headlineTexts: Readonly<Record<Headline, string>> = en.report.headlines;

/** The state in one sentence. Of a record that is not current: `Not known since … (was: …)`. */
export function headlineText(
  { headline, was, knownUntil }: Pick<Assessment, 'headline' | 'was' | 'knownUntil'>,
  time: (iso: string) => string = localTime,
  { headlines, notKnown }: Pick<ReportTexts, 'headlines' | 'notKnown'> = en.report,
): string {
  if (was === null) return headlines[headline];
  const last = headlines[was].replace(/[.。]$/, '');
  return knownUntil === null
    ? filledText(notKnown.neverPolled, { was: last })
    : filledText(notKnown.since, { time: time(toIso(knownUntil)), was: last });
}

/** What is wrong when a precondition is not met. */
export const preconditionTexts: Readonly<Record<Precondition, string>> = {
  'app-installed': 'The app of the single sign-on extension is not installed.',
  'mdm-enrolled': 'The Mac is not enrolled in MDM.',
  'profile-installed': 'No profile with Platform SSO is installed.',
  'method-known': 'The sign-in method is not understood.',
  'methods-agree': 'The device, the user and the profile do not have the same sign-in method.',
  'registration-complete': 'The registration is not complete.',
  'user-state-normal': "The user's state is not normal.",
  'tokens-present': 'There are no sign-in tokens.',
  'tokens-fresh': 'The sign-in tokens are overdue.',
  'tokens-valid': 'The sign-in tokens have expired.',
};

/** What sign-in needs and does not have, when no open issue says it. */
export function missingTexts({ notMet, open }: Assessment): string[] {
  return open.some(({ alsoNoticed }) => !alsoNoticed)
    ? []
    : notMet.map((precondition) => preconditionTexts[precondition]);
}

/** What decides, and is not known: one sentence each, `Not known: …`. */
export function notKnownTexts(
  { was, headline, undecided }: Assessment,
  state: readonly StateRow[],
): string[] {
  if ((was ?? headline) !== 'unknown') return [];
  const byKey = stateByKey(state);
  const value = (key: StateKey) => byKey.get(key)?.value ?? '';
  const unreadable = /^unreadable: (\w+)$/.exec(value('app-sso'))?.[1];
  if (unreadable !== undefined) return [`Not known: app-sso can't be read (${unreadable}).`];
  if (value('app-sso') === 'unknown') return ['Not known: the output of app-sso was not understood.'];
  const methodKnown = !undecided.includes('method-known');
  return undecided
    .filter((precondition) => precondition !== 'methods-agree' || methodKnown)
    .map((precondition) => `Not known: ${questionOf(precondition, value)}.`);
}

function questionOf(precondition: Precondition, value: (key: StateKey) => string): string {
  switch (precondition) {
    case 'method-known': {
      const name = value('method-not-understood');
      return name === ''
        ? 'the sign-in method'
        : `what the sign-in method ${name} means; this version does not know it`;
    }
    case 'methods-agree':
      return 'whether the device, the user and the profile have the same sign-in method';
    case 'registration-complete':
      return 'whether the registration is complete';
    case 'user-state-normal': {
      const state = value('user-state');
      return state === '' ? "the user's state" : `whether the user's state ${state} lasts`;
    }
    default:
      return 'when macOS received the sign-in tokens';
  }
}
