// report/: the pages of a history, a fleet and a roll-out, each as one HTML file with its data.
// `macReport` computes what the page of one Mac shows; `page/` has the script that shows it.

import type { Assessment } from '../assess/assess.ts';
import type { LastPoll } from '../assess/freshness.ts';
import type { Headline } from '../assess/headline.ts';
import { assessmentOf, knownUntil } from '../history/assessment-of.ts';
import { evidenceOf } from '../history/evidence.ts';
import { headlineText, missingTexts, notKnownTexts } from '../history/headline-texts.ts';
import { type History, instantOf } from '../history/history.ts';
import { isLateCycle } from '../history/is-late-cycle.ts';
import { issueTitle } from '../history/issue-title.ts';
import { lastPollRecorded, newestRecord } from '../history/last-poll.ts';
import { causeLine, causesOf } from '../history/stated-causes.ts';
import { stepWithoutIssue } from '../history/step-without-issue.ts';
import { timelineOf } from '../history/timeline/timeline.ts';
import type { Tone } from '../history/timeline/timeline-shape.ts';
import { windowText } from '../history/window-text.ts';
import { noOrganisation, type Organisation } from '../issues/organisation.ts';
import type { Silences } from '../notify/silences.ts';
import { defaultLanguage, type Language } from '../shared/languages.ts';
import type { EpochMs } from '../shared/time.ts';
import { version } from '../shared/version.ts';
import {
  providerInRows,
  providerOfState,
  type StateByKey,
  type StateKey,
  stateByKey,
} from '../store/state-keys.ts';
import type { LanguageTexts } from '../texts/language-texts.ts';
import type { ReportTexts } from '../texts/report-texts.ts';
import { textsByLanguage } from '../texts/texts-by-language.ts';
import { eventColumns } from './event-columns.ts';
import { issueAdvice, issueReports } from './issue-reports.ts';
import type { Fact, MacReport, ReportSubject, SyncReport } from './report.ts';

export interface MacReportOptions {
  readonly now: EpochMs;
  /** By the run record; without one, the newest record of the history counts. */
  readonly lastPoll?: LastPoll | undefined;
  /** The silenced issues; without them, none is silenced. */
  readonly silences?: Silences | undefined;
  /** Whose history it is; without it, the page names no Mac. */
  readonly subject?: ReportSubject | undefined;
  readonly organisation?: Organisation | undefined;
  /** Of the labels, headlines, titles and the user's steps. The admin's steps and the history are English. */
  readonly language?: Language | undefined;
}

/** The content of the page of one Mac. Pure. */
export function macReport(history: History, options: MacReportOptions): MacReport {
  const { now, lastPoll: given, silences, subject, organisation = noOrganisation } = options;
  const { language = defaultLanguage } = options;
  const state = stateByKey(history.state);
  const lastPoll = given ?? lastPollRecorded(newestRecord(history.events, history.state));
  const assessment = assessmentOf(history, lastPoll, now, organisation);
  const texts = textsByLanguage[language];
  const labels = texts.report;
  const provider = providerInRows(history.state);
  const titleOf = (issue: string) => issueTitle(issue, { texts, provider, organisation });
  return {
    kind: 'mac',
    language,
    labels,
    generatedAt: now,
    knownUntil: knownUntil(assessment, now),
    version,
    subject: subject ?? { mac: null, file: null },
    contacts: organisation.contacts,
    headline: headlineOf(assessment, state, history, texts),
    facts: factsOf(state, history, lastPoll, labels.facts),
    timeline: timelineOf(history, lastPoll.at, { lanes: labels.lanes, titleOf }),
    issues: issueReports(history, silences ?? {}, titleOf),
    advice: issueAdvice(history, language, organisation),
    sync: history.sync.flatMap(syncReport),
    events: eventColumns(history.events),
  };
}

const tones: Readonly<Record<Headline, Tone>> = {
  ok: 'good',
  exempt: 'quiet',
  'not-configured': 'quiet',
  'not-registered': 'bad',
  'needs-attention': 'bad',
  unknown: 'unknown',
};

function headlineOf(
  assessment: Assessment,
  state: StateByKey,
  history: History,
  texts: LanguageTexts,
): MacReport['headline'] {
  const { headline, was, since, open } = assessment;
  const value = (key: StateKey) => state.get(key)?.value ?? '';
  const worst = open.some(({ severity }) => severity === 'high');
  const main = open.find(({ alsoNoticed }) => !alsoNoticed);
  const provider = providerInRows(history.state);
  const [cause] =
    main === undefined ? [] : causesOf(main.issue, evidenceOf(main.issue, history.evidence), provider);
  return {
    tone: headline === 'needs-attention' && main !== undefined && !worst ? 'notice' : tones[headline],
    text: headlineText(assessment, () => '{until}', texts.report),
    isCurrent: was === null,
    since,
    window: windowText(assessment, value, () => '{at}', texts),
    confirmedAt: instantOf(value('last-confirmed-good')),
    problem:
      history.issues.find(({ issue, status }) => issue === main?.issue && status === 'open')?.summary ?? '',
    cause: cause === undefined ? '' : causeLine(cause),
    notes: [...missingTexts(assessment), ...notKnownTexts(assessment, history.state)],
    next: stepWithoutIssue(assessment),
  };
}

const identityProviderNames: Readonly<Record<string, string>> = { entra: 'Microsoft Entra ID', okta: 'Okta' };

/** An unknown fact has no row. */
function factsOf(
  state: StateByKey,
  { events }: History,
  { at: polledAt, agent }: LastPoll,
  { values, methods }: ReportTexts['facts'],
): Fact[] {
  const value = (key: StateKey) => state.get(key)?.value ?? '';
  const at = (key: StateKey) => {
    const instant = instantOf(value(key));
    return instant === null ? '' : { at: instant };
  };
  // A word of another version stays.
  const named = (names: Readonly<Record<string, string>>, word: string) =>
    Object.hasOwn(names, word) ? (names[word] ?? word) : word;
  const { complete, device, none, unclear, yes, no, notInstalled } = values;
  const portal = value('company-portal');
  const facts: Fact[] = [
    { name: 'User', value: value('user') },
    { name: 'Device', value: value('device') },
    {
      name: 'Identity provider',
      value: named({ ...identityProviderNames, other: values.another }, value('identity-provider')),
    },
    { name: 'Sign-in method', value: named(methods, value('method')) },
    {
      name: 'Registration',
      value: named({ complete, device, none, unclear }, value('registration')),
    },
    { name: 'Password last confirmed', value: at('last-confirmed-good') },
    { name: 'Tokens expire', value: at('tokens-expire-at') },
    { name: 'Mac password last set', value: at('password-last-set') },
    { name: 'macOS', value: value('macos') },
    {
      name: 'Company Portal',
      value: portal !== 'not installed' ? portal : providerOfState(value) === 'entra' ? notInstalled : '',
    },
    { name: 'Enrolled in MDM', value: named({ yes, no }, value('enrolled')) },
    { name: 'PSSO Monitor', value: events.at(-1)?.agent_version ?? '' },
    {
      name: 'Agent',
      value: agent === 'none' ? '' : agent === 'running' ? values.running : values.notRunning,
    },
    { name: 'Last poll', value: polledAt === null ? '' : { at: polledAt } },
  ];
  return facts.filter(({ value: shown }) => shown !== '' && shown !== 'unknown' && shown !== methods.unknown);
}

function syncReport(row: History['sync'][number]): SyncReport[] {
  const confirmedAt = instantOf(row.stale_from);
  if (confirmedAt === null) return [];
  const seconds = (text: string) => (/^\d{1,12}$/.test(text) ? Number(text) : null);
  return [
    {
      confirmedAt,
      dueAt: instantOf(row.due_at),
      promptedAt: instantOf(row.prompted_at),
      refreshedAt: instantOf(row.refreshed_at),
      outcome: row.outcome,
      late: isLateCycle(row),
      lagSeconds: seconds(row.lag_seconds),
      activeLagSeconds: seconds(row.active_lag_seconds),
    },
  ];
}
