import { isForAdminOnly } from '../notify/compose-notifications.ts';
import type { Language } from '../shared/languages.ts';
import type { EpochMs } from '../shared/time.ts';
import { type StateKey, stateByKey } from '../store/state-keys.ts';
import type { IssueRow, StateRow } from '../store/store.ts';
import { adviceTextsIn, notifiableIssueOf, userText, windowSentence } from '../texts/user-texts.ts';
import { isSilent } from './is-silent.ts';

/** What a person is told who asks how the own work sign-in is: sentences, then what to do about each thing that is wrong. */
export interface Advice {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly problems: readonly { readonly title: string; readonly steps: readonly string[] }[];
}

export interface KnownState {
  readonly state: readonly StateRow[];
  readonly issues: readonly IssueRow[];
  /** When the agent last looked; null: it never did. */
  readonly lastPollAt: EpochMs | null;
}

/** Null: there is no history. Only words of the catalogue are said, nothing of the database. Pure. */
export function adviceFor(known: KnownState | null, language: Language, now: EpochMs): Advice {
  const texts = adviceTextsIn(language);
  if (known === null) return { title: texts.title, sentences: [texts.noHistory], problems: [] };
  const state = stateByKey(known.state);
  const value = (key: StateKey) => state.get(key)?.value ?? '';
  const open = known.issues.filter(({ status }) => status === 'open').map(({ issue }) => issue);
  const forTheUser = open.filter((issue) => !isForAdminOnly(issue, open, value('configured')));
  const notifiable = forTheUser.flatMap((issue) => notifiableIssueOf(issue) ?? []);
  // What was so before the agent fell silent is no news of today.
  const headline = isSilent(known.lastPollAt, now) ? 'unknown' : withoutTheAdmins(value, open, forTheUser);
  const problems = [...new Set(notifiable)].map((issue) => {
    const { title, steps } = userText(issue, language);
    return { title, steps };
  });
  const first = Object.hasOwn(texts.headlines, headline) ? texts.headlines[headline] : undefined;
  const window = windowSentence(value('password-window') || 'unknown', language, { lastConfirmedGood: null });
  return {
    title: texts.title,
    sentences: [
      first ?? texts.unknown,
      ...(headline === 'ok' ? [window] : []),
      ...(problems.length === 0 && headline !== 'exempt' ? [texts.elsewhere] : []),
    ],
    problems,
  };
}

/** What only the admin has to do is no trouble with signing in; whether that works is then what `app-sso` says of it. */
function withoutTheAdmins(
  value: (key: StateKey) => string,
  open: readonly string[],
  forTheUser: readonly string[],
): string {
  if (value('headline') !== 'needs-attention' || open.length === 0 || forTheUser.length > 0)
    return value('headline');
  if (value('configured') === 'no') return 'not-configured';
  return value('app-sso') === 'registered' ? 'ok' : 'unknown';
}
