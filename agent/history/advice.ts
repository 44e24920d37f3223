import { isForAdminOnly } from '../notify/compose-notifications.ts';
import type { Language } from '../shared/languages.ts';
import type { EpochMs } from '../shared/time.ts';
import { providerOfState, type StateKey, stateByKey } from '../store/state-keys.ts';
import type { IssueRow, StateRow } from '../store/store.ts';
import { textParameters } from '../texts/text-parameters.ts';
import { adviceTextsIn, notifiableIssueOf, userText, windowSentence } from '../texts/user-texts.ts';
import { isSilent } from './is-silent.ts';

/** Advice for the user: sentences, then steps for each problem. */
export interface Advice {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly problems: readonly { readonly title: string; readonly steps: readonly string[] }[];
}

export interface KnownState {
  readonly state: readonly StateRow[];
  readonly issues: readonly IssueRow[];
  /** null: the agent has never polled. */
  readonly lastPollAt: EpochMs | null;
}

/** Composes the advice from texts of the agent only, never of the database. `known` null: no history. */
export function adviceFor(known: KnownState | null, language: Language, now: EpochMs): Advice {
  const texts = adviceTextsIn(language);
  if (known === null) return { title: texts.title, sentences: [texts.noHistory], problems: [] };
  const state = stateByKey(known.state);
  const value = (key: StateKey) => state.get(key)?.value ?? '';
  const open = known.issues.filter(({ status }) => status === 'open').map(({ issue }) => issue);
  const forTheUser = open.filter((issue) => !isForAdminOnly(issue, open, value('configured')));
  const notifiable = forTheUser.flatMap((issue) => notifiableIssueOf(issue) ?? []);
  // The last recorded state of a silent agent is not the present state.
  const headline = isSilent(known.lastPollAt, now) ? 'unknown' : withoutTheAdmins(value, open, forTheUser);
  const provider = providerOfState(value);
  const problems = [...new Set(notifiable)].map((issue) => {
    const { title, steps } = userText(issue, language, textParameters(null, provider));
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

/** The headline for the user: without open issues that concern only the admin, `app-sso` decides. */
function withoutTheAdmins(
  value: (key: StateKey) => string,
  open: readonly string[],
  forTheUser: readonly string[],
): string {
  if (value('headline') !== 'needs-attention' || open.length === 0 || forTheUser.length > 0)
    return value('headline');
  if (value('configured') === 'no') return 'not-configured';
  if (value('app-sso') === 'notRegistered') return 'not-registered';
  return value('app-sso') === 'registered' ? 'ok' : 'unknown';
}
