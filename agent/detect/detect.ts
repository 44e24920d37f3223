// detect/: what changed on the Mac and what is wrong: pure functions of agent memory, observation and time.
// `detect` is called after each observation, and calls the other functions.

import { continuedTrouble, type Episode } from '../assess/trouble.ts';
import type { NewEvent } from '../shared/event.ts';
import type { IssueEpisode, SyncCycle } from '../shared/history-records.ts';
import type { Observation } from '../shared/observation.ts';
import type { PasswordRelation } from '../shared/password-relation.ts';
import { knownValue } from '../shared/reading.ts';
import { type EpochMs, fromIso, instantOrNull, second } from '../shared/time.ts';
import type { StateValues } from '../store/state-keys.ts';
import { type Activity, activityOf } from './activity.ts';
import type { Detector, ExplainFinding } from './detector.ts';
import { type ElapsedTime, elapsedTimeBetween, followClock } from './elapsed-time.ts';
import { elapsedTimeEvents } from './elapsed-time-events.ts';
import { setAsideEmptyState } from './empty-state.ts';
import { lastKnownExtension } from './extension.ts';
import { type Facts, isHealthy, receivedAtOf, relationOf } from './facts.ts';
import { factsOf } from './facts-of.ts';
import { followLeftovers } from './follow-leftovers.ts';
import { followTokens } from './follow-tokens.ts';
import { macChanges } from './mac-changes.ts';
import type { Memory } from './memory.ts';
import { type Moment, momentOf } from './moment.ts';
import { nextPollNeeds } from './next-poll-needs.ts';
import { promptChange, promptEvents, recordPrompt } from './password-prompt.ts';
import { preconditionMemory } from './preconditions.ts';
import { presentState } from './present-state.ts';
import { configurationMemory, registrationMemory } from './registration-memory.ts';
import { confirmState, registrationEvents, reRegistrationEvents } from './registration-state.ts';
import { clearedPrompt, evidenceOfTime, rememberChanges } from './remembered-changes.ts';
import { type OpenIssue, runDetectors } from './run-detectors.ts';
import { sourceEvents } from './source-events.ts';
import { ageOfTokens } from './token-transition.ts';

/** The input of one poll. */
export interface DetectInput {
  readonly memory: Memory;
  readonly observation: Observation;
  readonly run: string;
  readonly monotonicCountsSleep: boolean;
  readonly settings: {
    /** Issues that are not detected. An open one is closed. */
    readonly ignoredIssues: readonly string[];
    readonly pollIntervalSeconds: number;
    readonly troublePollIntervalSeconds: number;
    readonly idpPasswordChangedAt: EpochMs | null;
    readonly idpMinimumPasswordLength: number;
  };
  readonly detectors: readonly Detector[];
  /** Null: not loaded. `lacksCauses` of the result then says whether it is needed. */
  readonly explain: ExplainFinding | null;
}

export interface Detected {
  readonly memory: Memory;
  readonly events: NewEvent[];
  readonly episodes: IssueEpisode[];
  readonly syncCycles: SyncCycle[];
  readonly state: StateValues;
  readonly open: OpenIssue[];
  /** Episodes that ended in this poll. */
  readonly resolved: { issue: string; openedAt: EpochMs }[];
  /** A finding has no causes, since `explain` was null. */
  readonly lacksCauses: boolean;
  /** An issue is open or not confirmed yet: the next poll is a full one. */
  readonly needsFullPoll: boolean;
  /** The state may change soon: the short poll interval applies. */
  readonly needsShortInterval: boolean;
  readonly elapsedTime: ElapsedTime | null;
}

/**
 * Compares one poll with the memory: what changed, which issues are present, and what the next poll needs to
 * know. Pure: no clock, no I/O.
 */
export function detect(input: DetectInput): Detected {
  const { memory: before, detectors, settings } = input;
  const poll = pollOf(input);
  const { now, observation, facts, activity, elapsedTime } = poll;
  const followed = followChanges(before, poll, settings.idpPasswordChangedAt);
  const { memory, activeTime } = followed;

  const issues = runDetectors(detectors, {
    memory,
    observation,
    now,
    confirmed: memory.candidate === null,
    elapsedTime,
    // An undocumented state is evidence neither for nor against an issue.
    facts: facts?.registration === 'unclear' ? null : facts,
    active: activity.active,
    activeFor: activity.activeFor,
    troublePollIntervalSeconds: settings.troublePollIntervalSeconds,
    idpMinimumLength: settings.idpMinimumPasswordLength,
    ignored: settings.ignoredIssues,
    explain: input.explain,
  });
  const prompt = recordPrompt(memory, issues, detectors, settings);
  const changedPrompt = promptChange(
    before,
    { ...memory, ...prompt.memory },
    { passwordRead: observation.account.ok, events: followed.events },
  );
  const cleared = clearedPrompt(changedPrompt, { now, activeTime });
  const open = issues.open.map((issue) => episodeOf(issue, detectors));
  const after: Memory = {
    ...memory,
    ...prompt.memory,
    changes: rememberChanges(memory.changes, [], cleared, { now, activeTime }),
    sightings: issues.sightings,
    trouble: continuedTrouble(before.trouble, open, now),
  };
  return {
    memory: after,
    events: [...followed.events, ...issues.events, ...promptEvents(changedPrompt, after.facts, now)],
    episodes: issues.episodes,
    syncCycles: [...followed.rows, ...prompt.rows],
    state: presentState(after, observation, { open, ignored: settings.ignoredIssues }),
    open: issues.open,
    resolved: issues.resolved,
    lacksCauses: issues.lacksCauses,
    elapsedTime,
    ...nextPollNeeds(after, issues, now),
  };
}

/** What one poll shows, and its distance to the previous one. */
interface Poll {
  readonly now: EpochMs;
  readonly moment: Moment;
  /** Null: the first poll of a new memory. */
  readonly elapsedTime: ElapsedTime | null;
  /** Added to the age of the tokens: the clock was set, and counts the time across a start differently. */
  readonly correction: number;
  readonly clockWasSet: boolean;
  /** Without an empty state of AppSSOAgent (empty-state.ts). */
  readonly observation: Observation;
  readonly emptyFor: number | null;
  readonly activity: Activity;
  /** Unconfirmed; null: `app-sso` could not be read. */
  readonly facts: Facts | null;
}

function pollOf(input: DetectInput): Poll {
  const { memory: before } = input;
  const now = fromIso(input.observation.at);
  const { moment, elapsedTime, correction } = clocksOf(input);
  const { observation, emptyFor } = setAsideEmptyState(before, input.observation, elapsedTime?.awake ?? 0);
  const clockWasSet = before.clockWasSet === true || (elapsedTime !== null && elapsedTime.clockShift !== 0);
  const appSso = knownValue(observation.appSso);
  const received = instantOrNull(appSso?.tokens?.receivedAt);
  const tokenAge =
    clockWasSet && received !== null
      ? ageOfTokens(before.window, received, { now, elapsed: (elapsedTime?.total ?? 0) + correction })
      : null;
  const webLoginPasswordSync = hasWebLoginSync(before, observation);
  const facts = appSso === null ? null : factsOf(appSso, { now, tokenAge, webLoginPasswordSync });
  const activity = activityOf(before, observation, elapsedTime);
  return { now, moment, elapsedTime, correction, clockWasSet, observation, emptyFor, activity, facts };
}

/** The clocks of this poll, and their distance to the previous one. */
function clocksOf(input: DetectInput): Pick<Poll, 'moment' | 'elapsedTime' | 'correction'> {
  const { memory, observation, run } = input;
  const before = memory.moment;
  const moment = momentOf(observation, run, before);
  const elapsedTime = elapsedTimeOf(memory, moment, input);
  if (before === null || elapsedTime === null) return { moment, elapsedTime: null, correction: 0 };
  return { elapsedTime, ...followClock(before, moment, elapsedTime) };
}

/** What changed on the Mac, before the issues are judged. */
function followChanges(
  before: Memory,
  poll: Poll,
  idpPasswordChangedAt: EpochMs | null,
): { memory: Memory; activeTime: number; events: NewEvent[]; rows: readonly SyncCycle[] } {
  const { now, observation, facts, activity, elapsedTime } = poll;
  const sources = sourceEvents(before.failing, observation, now);
  const extensionIdentifier = lastKnownExtension(before, observation);
  const mac = macChanges({ ...before, extensionIdentifier }, observation, now);
  const registration = confirmState(before, facts, now);
  const leftovers = followLeftovers(before, registration.facts, observation, now);
  const tokens = followTokens(before, {
    ...poll,
    // Unconfirmed facts end no token cycle and begin none.
    facts: registration.candidate === null ? facts : null,
    relation: relationIn(facts ?? before.facts),
    idpPasswordChangedAt,
  });
  const events = [
    ...elapsedTimeEvents(before.moment, elapsedTime, now),
    ...sources.events,
    ...mac.events,
    ...registrationChanges(before, facts, registration, now),
    ...tokens.events,
    ...leftovers.events,
  ];
  const activeTime = (before.activeTime ?? 0) + activity.activeFor;
  const ofTime = evidenceOfTime(before, observation, poll.moment, elapsedTime, { now, activeTime });
  const memory: Memory = {
    ...before,
    ...mac.memory,
    ...leftovers.memory,
    extensionIdentifier,
    ...tokens.passwordMemory,
    ...registrationMemory(before, registration.facts, observation, now),
    ...preconditionMemory(before, registration.facts, observation),
    ...configurationMemory(before, registration.facts, observation),
    withoutFacts: facts === null ? Math.min((before.withoutFacts ?? 0) + 1, 2) : 0,
    moment: poll.moment,
    ...(poll.clockWasSet ? { clockWasSet: true } : {}),
    active: activity.active,
    screen: activity.screen,
    console: activity.console,
    facts: registration.facts,
    candidate: registration.candidate,
    emptyFor: poll.emptyFor,
    failing: sources.failing,
    changes: rememberChanges(before.changes, events, ofTime.changes, { now, activeTime }),
    activeTime,
    offlineSince: ofTime.offlineSince,
    lastTokensAt: lastTokens(before, registration.facts),
    window: tokens.window.memory,
    lastConfirmedGoodAt: lastConfirmedGood(before, tokens.window.memory),
  };
  return { memory, activeTime, events, rows: tokens.window.rows };
}

function episodeOf({ issue, severity, openedAt }: OpenIssue, detectors: readonly Detector[]): Episode {
  const { breaksSignIn = true, audience } = detectors.find(({ id }) => id === issue) ?? {};
  const alsoNoticed = !breaksSignIn && audience === 'admin';
  return { issue, severity, openedAt, resolvedAt: null, breaksSignIn, alsoNoticed };
}

/** Null at the first poll of a new memory. */
function elapsedTimeOf(before: Memory, moment: Moment, input: DetectInput): ElapsedTime | null {
  if (before.moment === null) return null;
  return elapsedTimeBetween(before.moment, moment, {
    expected: input.settings.pollIntervalSeconds * second,
    monotonicCountsSleep: input.monotonicCountsSleep,
  });
}

function registrationChanges(
  before: Memory,
  facts: Facts | null,
  { facts: confirmed, candidate, changedSince }: ReturnType<typeof confirmState>,
  now: EpochMs,
): NewEvent[] {
  if (changedSince !== null && confirmed !== null)
    return registrationEvents(before, confirmed, now, changedSince);
  return candidate === null && facts?.registration === 'complete' && before.facts?.registration === 'complete'
    ? reRegistrationEvents(before.facts.device, facts.device, now, now)
    : [];
}

function relationIn(facts: Facts | null): PasswordRelation {
  return facts === null ? 'unknown' : relationOf(facts);
}

/** AllowWebLoginPasswordSync of the profile; as before where it could not be read. */
function hasWebLoginSync(before: Memory, { ssoProfile }: Observation): boolean {
  return ssoProfile.ok
    ? ssoProfile.value?.webLoginPasswordSync === true
    : before.facts?.webLoginPasswordSync === true;
}

/** Kept after the tokens are lost or Platform SSO is removed: users then ask for it. */
function lastConfirmedGood(before: Memory, { cycle, phase }: Memory['window']): EpochMs | null {
  if (cycle !== null) return cycle.receivedAt;
  return phase === 'notApplicable' ? null : (before.lastConfirmedGoodAt ?? null);
}

function lastTokens({ lastTokensAt = null }: Memory, facts: Facts | null): EpochMs | null {
  const receivedAt = facts !== null && isHealthy(facts) ? receivedAtOf(facts) : null;
  return receivedAt === null ? lastTokensAt : Math.max(receivedAt, lastTokensAt ?? receivedAt);
}
