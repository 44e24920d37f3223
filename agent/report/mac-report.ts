import { headlineTexts } from '../history/headline-texts.ts';
import { type History, instantOf } from '../history/history.ts';
import { timelineOf } from '../history/timeline/timeline.ts';
import type { Tone } from '../history/timeline/timeline-shape.ts';
import { type EpochMs, isFresh } from '../shared/time.ts';
import { version } from '../shared/version.ts';
import { providerOfState, type StateByKey, type StateKey, stateByKey } from '../store/state-keys.ts';
import { windowPhaseToShow, windowSentence } from '../texts/user-texts.ts';
import { eventColumns } from './event-columns.ts';
import { issueAdvice, issueReports } from './issue-reports.ts';
import type { Fact, MacReport, SyncReport } from './report.ts';

export interface MacReportOptions {
  readonly now: EpochMs;
  /** The state of the agent and its last poll, if known. */
  readonly agent?: { readonly running: boolean | null; readonly lastLookAt: EpochMs | null } | undefined;
}

/** The content of the page of one Mac. Pure. */
export function macReport(history: History, { now, agent }: MacReportOptions): MacReport {
  const state = stateByKey(history.state);
  const timeline = timelineOf(history, agent?.lastLookAt ?? null);
  const until = timeline?.to ?? now;
  return {
    kind: 'mac',
    generatedAt: now,
    knownUntil: isFresh(until, now, agent?.running === true) ? now : until,
    version,
    headline: headlineOf(state, history),
    facts: factsOf(state, history, agent),
    timeline,
    issues: issueReports(history),
    advice: issueAdvice(history),
    sync: history.sync.flatMap(syncReport),
    events: eventColumns(history.events),
  };
}

const tones: Readonly<Record<string, Tone>> = {
  ok: 'good',
  exempt: 'quiet',
  'not-configured': 'quiet',
  'not-registered': 'bad',
  'needs-attention': 'bad',
};

/** The next step by headline, when no issue is open. */
const nextSteps: Readonly<Record<string, string>> = {
  'not-registered':
    'No issue is open; the registration is not complete. macOS asks for it: “Registration Required”.',
  unknown: 'To see which sources could not be read, run psso-monitor doctor on this Mac.',
};

function headlineOf(state: StateByKey, { issues }: History): MacReport['headline'] {
  const row = state.get('headline');
  const word = row?.value || 'unknown';
  const confirmedAt = instantOf(state.get('last-confirmed-good')?.value);
  const open = issues.filter(({ status }) => status === 'open');
  const worst = open.some(({ severity }) => severity === 'high');
  return {
    tone: word === 'needs-attention' && !worst ? 'notice' : (tones[word] ?? 'unknown'),
    text: headlineTexts[word] ?? word,
    since: instantOf(row?.since),
    window: windowSentence(
      windowPhaseToShow(word, state.get('password-window')?.value ?? '', confirmedAt !== null),
      'en',
      {
        lastConfirmedGood: confirmedAt === null ? null : '{at}',
        methodNotUnderstood: state.get('method-not-understood')?.value ?? '',
      },
    ),
    confirmedAt,
    next: open.length > 0 ? '' : (nextSteps[word] ?? ''),
  };
}

const registrations: Readonly<Record<string, string>> = {
  complete: 'complete',
  device: 'only the device',
  none: 'none',
  unclear: 'unclear: the user’s state is an undocumented number',
};
const identityProviderNames: Readonly<Record<string, string>> = {
  entra: 'Microsoft Entra ID',
  okta: 'Okta',
  other: 'another',
};
const methods: Readonly<Record<string, string>> = {
  password: 'password',
  secureEnclaveKey: 'Secure Enclave key',
  smartCard: 'smart card',
  accessKey: 'access key',
  openId: 'OpenID',
};

/** An unknown fact has no row. */
function factsOf(state: StateByKey, { events }: History, agent: MacReportOptions['agent']): Fact[] {
  const value = (key: StateKey) => state.get(key)?.value ?? '';
  const at = (key: StateKey) => {
    const instant = instantOf(value(key));
    return instant === null ? '' : { at: instant };
  };
  const provider = providerOfState(value);
  const facts: Fact[] = [
    { name: 'User', value: value('user') },
    { name: 'Device', value: value('device') },
    { name: 'Identity provider', value: identityProviderNames[value('identity-provider')] ?? '' },
    { name: 'Sign-in method', value: methods[value('method')] ?? value('method') },
    { name: 'Registration', value: registrations[value('registration')] ?? value('registration') },
    { name: 'Password last confirmed', value: at('last-confirmed-good') },
    { name: 'Tokens expire', value: at('tokens-expire-at') },
    { name: 'Mac password last set', value: at('password-last-set') },
    { name: 'macOS', value: value('macos') },
    {
      name: 'Company Portal',
      value:
        provider !== 'entra' && value('company-portal') === 'not installed' ? '' : value('company-portal'),
    },
    { name: 'Enrolled in MDM', value: value('enrolled') },
    { name: 'PSSO Monitor', value: events.at(-1)?.agent_version ?? '' },
    { name: 'Agent', value: agent?.running == null ? '' : agent.running ? 'is running' : 'is not running' },
    { name: 'Last poll', value: agent?.lastLookAt == null ? '' : { at: agent.lastLookAt } },
  ];
  return facts.filter((fact) => fact.value !== '' && fact.value !== 'unknown');
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
      lagSeconds: seconds(row.lag_seconds),
      activeLagSeconds: seconds(row.active_lag_seconds),
    },
  ];
}
