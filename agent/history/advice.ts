import type { Assessment } from '../assess/assess.ts';
import { type Headline, headlineOf } from '../assess/headline.ts';
import { noOrganisation, type Organisation } from '../issues/organisation.ts';
import { isForAdminOnly } from '../notify/compose-notifications.ts';
import type { Silences } from '../notify/silences.ts';
import type { Language } from '../shared/languages.ts';
import { localTime } from '../shared/local-time.ts';
import { type EpochMs, toIso } from '../shared/time.ts';
import { providerOfState, type StateKey, stateByKey } from '../store/state-keys.ts';
import { textParameters } from '../texts/text-parameters.ts';
import { textsByLanguage } from '../texts/texts-by-language.ts';
import { adviceTextsIn, notifiableIssueOf, userText } from '../texts/user-texts.ts';
import { assessmentOf } from './assessment-of.ts';
import type { UserState } from './mac-attributes.ts';
import { windowText } from './window-text.ts';

/** Advice for the user: sentences, then steps for each problem. */
export interface Advice {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly problems: readonly {
    readonly title: string;
    readonly steps: readonly string[];
    /** Until when the user silenced it, as a sentence; null: not silenced. */
    readonly silenced: string | null;
  }[];
}

export interface AdviceOptions {
  readonly organisation?: Organisation;
  /** The silenced issues; without them, none is silenced. */
  readonly silences?: Silences;
}

/** Composes the advice from texts of the agent and the admin, never of the database. `known` null: none. */
export function adviceFor(
  known: UserState | null,
  language: Language,
  now: EpochMs,
  { organisation = noOrganisation, silences = {} }: AdviceOptions = {},
): Advice {
  const texts = adviceTextsIn(language, organisation);
  if (known === null) return { title: texts.title, sentences: [texts.noHistory], problems: [] };
  const assessment = assessmentOf(known, known.lastPoll, now, organisation);
  // The last recorded state of a silent agent is not the present state, and its steps may do harm.
  if (assessment.was !== null) return { title: texts.title, sentences: [texts.unknown], problems: [] };
  const state = stateByKey(known.state);
  const value = (key: StateKey) => state.get(key)?.value ?? '';
  const open = assessment.open.map(({ issue }) => issue);
  const forTheUser = open.filter((issue) => !isForAdminOnly(issue, open, value('configured'), organisation));
  const notifiable = forTheUser.flatMap((issue) => notifiableIssueOf(issue, organisation) ?? []);
  const headline = withoutTheAdmins(assessment, value, forTheUser.length);
  const provider = providerOfState(value);
  const problems = [...new Set(notifiable)].map((issue) => {
    const { title, steps } = userText(
      issue,
      language,
      textParameters(known.evidence[issue] ?? null, provider),
      organisation,
    );
    const until = silences[issue];
    return { title, steps, silenced: until === undefined ? null : texts.silenced(localTime(toIso(until))) };
  });
  const first = Object.hasOwn(texts.headlines, headline) ? texts.headlines[headline] : undefined;
  return {
    title: texts.title,
    sentences: [
      first ?? texts.unknown,
      ...(headline === 'ok' ? sentencesOfWindow(value, language) : []),
      ...(problems.length === 0 && headline !== 'exempt' ? [texts.elsewhere] : []),
    ],
    problems,
  };
}

/** The sentence of `status`. The name of a method, a text of the database, is left out. */
function sentencesOfWindow(value: (key: StateKey) => string, language: Language): string[] {
  const known = (key: StateKey) => (key === 'method-not-understood' ? '' : value(key));
  const text = windowText(
    { headline: 'ok', was: null, open: [], notMet: [] },
    known,
    localTime,
    textsByLanguage[language],
  );
  return text === '' ? [] : [text];
}

/** The headline for the user: without the issues that only the admin can act on. */
function withoutTheAdmins(
  { headline, open, preconditions }: Assessment,
  value: (key: StateKey) => string,
  forTheUser: number,
): Headline {
  if (headline !== 'needs-attention' || open.length === 0 || forTheUser > 0) return headline;
  return headlineOf({
    everRead: true,
    unreadable: value('app-sso').startsWith('unreadable'),
    configured: value('configured') !== 'no',
    exempt: false,
    registration: value('registration'),
    preconditions,
    open: [],
  });
}
