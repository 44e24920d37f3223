import type { Headline } from '../assess/headline.ts';
import type { Method } from '../shared/observation.ts';

/** One and several, as Intl.PluralRules has them; `{count}` is the place of the number. */
export interface CountTexts {
  readonly one: string;
  readonly other: string;
}

/** The facts of a Mac, by their English names. */
export type FactName =
  | 'User'
  | 'Device'
  | 'Identity provider'
  | 'Sign-in method'
  | 'Registration'
  | 'Password last confirmed'
  | 'Tokens expire'
  | 'Mac password last set'
  | 'macOS'
  | 'Company Portal'
  | 'Enrolled in MDM'
  | 'PSSO Monitor'
  | 'Agent'
  | 'Last poll';

type Texts<Name extends string> = Readonly<Record<Name, string>>;

interface LaneTexts<State extends string> {
  readonly name: string;
  /** An explanation of the lane. */
  readonly about: string;
  readonly states: Texts<State>;
}

/** The lanes of the timeline. */
export interface TimelineTexts {
  readonly registration: LaneTexts<'complete' | 'device' | 'none' | 'removed' | 'unknown'>;
  readonly tokens: LaneTexts<'valid' | 'expired' | 'unregistered' | 'unknown'>;
  readonly passwordWindow: LaneTexts<'fresh' | 'due' | 'overdue' | 'pending' | 'suspended' | 'unknown'>;
  readonly watching: LaneTexts<'watching' | 'asleep' | 'notRunning' | 'unwatched'>;
  readonly issue: Texts<'about' | 'open'>;
  readonly changes: Texts<'name' | 'about'>;
  readonly shown: Texts<'name' | 'about'>;
}

/** Words in which `v_state` has the value of a fact. */
type FactValue =
  | 'complete'
  | 'device'
  | 'none'
  | 'unclear'
  | 'another'
  | 'running'
  | 'notRunning'
  | 'yes'
  | 'no'
  | 'notInstalled';

/**
 * Labels, headings and headlines of the report of one Mac. A word in braces is the place of a value. The
 * words of the history stay in English: kinds of events, summaries, causes, and what the admin does.
 */
export interface ReportTexts {
  readonly title: string;
  readonly thisMac: string;
  readonly helpdesk: string;
  readonly headlines: Texts<Headline>;
  /** The headline of a record that is not current. */
  readonly notKnown: Texts<'since' | 'neverPolled'>;
  /** The name of the part with the headline, for a screen reader. */
  readonly stateOfSignIn: string;
  readonly file: string;
  readonly tones: Texts<'good' | 'quiet' | 'notice' | 'bad' | 'unknown'>;
  readonly severities: Texts<'info' | 'low' | 'medium' | 'high'>;
  readonly lastKnown: string;
  readonly since: string;
  readonly issues: Texts<
    | 'noneOpen'
    | 'noneWasOpen'
    | 'openSince'
    | 'historyEnds'
    | 'silenced'
    | 'changedBefore'
    | 'userSteps'
    | 'adminSteps'
  > & {
    readonly open: CountTexts;
    readonly resolved: CountTexts;
    readonly heads: readonly [
      issue: string,
      opened: string,
      resolved: string,
      openFor: string,
      summary: string,
    ];
  };
  readonly timeline: Texts<
    | 'heading'
    | 'empty'
    | 'shown'
    | 'about'
    | 'part'
    | 'ended'
    | 'end'
    | 'now'
    | 'everything'
    | 'theBreak'
    | 'lastDay'
    | 'lastDays'
    | 'closer'
    | 'wider'
    | 'earlier'
    | 'later'
    | 'hint'
    | 'table'
    | 'newestFirst'
    | 'newestOf'
  > & {
    readonly heads: readonly [what: string, state: string, from: string, until: string, duration: string];
  };
  readonly lanes: TimelineTexts;
  readonly events: Texts<
    | 'heading'
    | 'count'
    | 'countHere'
    | 'newer'
    | 'older'
    | 'pages'
    | 'table'
    | 'newestFirst'
    | 'filter'
    | 'search'
    | 'example'
    | 'which'
    | 'notable'
    | 'everything'
    | 'any'
    | 'orMore'
    | 'onlyShown'
  > & { readonly heads: readonly [time: string, what: string, severity: string, summary: string] };
  readonly confirmations: Texts<'heading' | 'none' | 'about' | 'late' | 'newestFirst'> & {
    readonly heads: readonly [
      last: string,
      due: string,
      asked: string,
      again: string,
      outcome: string,
      lag: string,
      active: string,
    ];
    readonly outcomes: Texts<'open' | 'token-refreshed' | 'password-synced' | 'abandoned'>;
  };
  readonly facts: {
    readonly heading: string;
    readonly names: Texts<FactName>;
    readonly values: Texts<FactValue>;
    readonly methods: Texts<Method>;
  };
  readonly colours: Texts<'label' | 'auto' | 'light' | 'dark'>;
  readonly footer: Texts<'made' | 'selfContained'>;
  readonly noScript: string;
}
