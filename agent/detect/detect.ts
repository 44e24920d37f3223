import { continuedTrouble, type Episode } from '../assess/trouble.ts';
import { durationText } from '../shared/duration-text.ts';
import { type NewEvent, newEvent } from '../shared/event.ts';
import type { IssueEpisode, SyncCycle } from '../shared/history-records.ts';
import type { Observation } from '../shared/observation.ts';
import type { PasswordRelation } from '../shared/password-relation.ts';
import { knownValue } from '../shared/reading.ts';
import { type EpochMs, fromIso, minute, second, toIso } from '../shared/time.ts';
import type { StateValues } from '../store/state-keys.ts';
import type { Detector, ExplainFinding } from './detector.ts';
import { type ElapsedTime, elapsedTimeBetween, type Moment } from './elapsed-time.ts';
import { emptyStateLimit, setAsideEmptyState } from './empty-state.ts';
import { lastKnownExtension } from './extension.ts';
import { type Facts, factsOf, isHealthy, receivedAtOf, relationOf } from './facts.ts';
import { followLeftovers } from './leftover-memory.ts';
import { classifyPasswordChange, observePasswordChange, type PasswordMemory } from './local-password.ts';
import { macChanges } from './mac-changes.ts';
import type { Memory } from './memory.ts';
import { advanceWindow, ageOfTokens, awaitsUnlock, type WindowOutput } from './password-window.ts';
import { preconditionMemory } from './preconditions.ts';
import { presentState } from './present-state.ts';
import { configurationMemory, registrationMemory } from './registration-memory.ts';
import { confirmState, registrationEvents, reRegistrationEvents } from './registration-state.ts';
import { clearedPrompt, evidenceOfTime, rememberChanges } from './remembered-changes.ts';
import { type DetectorResults, type OpenIssue, runDetectors, shortIntervalFor } from './run-detectors.ts';
import { sourceEvents } from './source-events.ts';
import { syncCycleRow } from './sync-cycle.ts';

/** The input of one poll. */
export interface DetectInput {
  readonly memory: Memory;
  readonly observation: Observation;
  readonly run: string;
  readonly monotonicCountsSleep: boolean;
  readonly settings: {
    /** Issues that are not detected. An open one is closed. */
    readonly ignoredIssues?: readonly string[];
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

/** A shorter time asleep is no gap in the history. */
const shortestReportedGap = 30 * minute;

/**
 * Compares one poll with the memory: what changed, which issues are present, and what the next poll needs to
 * know. Pure: no clock, no I/O.
 */
export function detect(input: DetectInput): Detected {
  const { memory: before, settings } = input;
  const now = fromIso(input.observation.at);
  const moment = momentOf(input.observation, input.run, before.moment);
  const elapsedTime = elapsedTimeOf(before, moment, input);
  const { observation, emptyFor } = setAsideEmptyState(before, input.observation, elapsedTime?.awake ?? 0);
  const activity = activityOf(before, observation, elapsedTime);
  const reading = knownValue(observation.appSso);
  const clockWasSet = before.clockWasSet === true || (elapsedTime !== null && elapsedTime.clockShift !== 0);
  const received = reading?.tokens?.receivedAt ?? null;
  const facts =
    reading === null
      ? null
      : factsOf(reading, {
          now,
          tokenAge:
            clockWasSet && received !== null
              ? ageOfTokens(before.window, fromIso(received), { now, elapsed: elapsedTime?.total ?? 0 })
              : null,
          webLoginPasswordSync: hasWebLoginSync(before, observation),
        });

  const sources = sourceEvents(before.failing, observation, now);
  const extensionIdentifier = lastKnownExtension(before, observation);
  const changes = macChanges({ ...before, extensionIdentifier }, observation, now);
  const registration = confirmState(before, facts, now);
  const confirmed = registration.candidate === null;
  const leftovers = followLeftovers(before, registration.facts, observation, now);
  const tokens = followTokens(input, { facts, confirmed, now, elapsedTime, activity });
  const changeEvents = [
    ...elapsedTimeEvents(before.moment, elapsedTime, now),
    ...sources.events,
    ...changes.events,
    ...registrationChanges(before, facts, registration, now),
    ...tokens.events,
    ...leftovers.events,
  ];
  const at = { now, activeTime: (before.activeTime ?? 0) + activity.activeFor };
  const ofTime = evidenceOfTime(before, observation, moment, elapsedTime, at);
  const memory: Memory = {
    ...before,
    ...changes.memory,
    ...leftovers.memory,
    extensionIdentifier,
    ...tokens.passwordMemory,
    ...registrationMemory(before, registration.facts, observation, now),
    ...preconditionMemory(before, registration.facts, observation),
    ...configurationMemory(before, registration.facts, observation),
    withoutFacts: facts === null ? Math.min((before.withoutFacts ?? 0) + 1, 2) : 0,
    moment,
    ...(clockWasSet ? { clockWasSet } : {}),
    active: activity.active,
    screen: activity.screen,
    console: activity.console,
    facts: registration.facts,
    candidate: registration.candidate,
    emptyFor,
    failing: sources.failing,
    changes: rememberChanges(before.changes, changeEvents, ofTime.changes, at),
    activeTime: at.activeTime,
    offlineSince: ofTime.offlineSince,
    lastTokensAt: lastTokens(before, registration.facts),
    window: tokens.window.memory,
    lastConfirmedGoodAt: lastConfirmedGood(before, tokens.window.memory),
  };

  const issues = runDetectors(input.detectors, {
    memory,
    observation,
    now,
    confirmed,
    elapsedTime,
    // An undocumented state is evidence neither for nor against an issue.
    facts: facts?.registration === 'unclear' ? null : facts,
    active: activity.active,
    activeFor: activity.activeFor,
    troublePollIntervalSeconds: settings.troublePollIntervalSeconds,
    idpMinimumLength: settings.idpMinimumPasswordLength,
    ignored: settings.ignoredIssues ?? [],
    explain: input.explain,
  });
  const prompt = recordPrompt(memory, issues, input);
  const cleared = clearedPrompt(
    { before: before.promptPending, after: prompt.memory.promptPending },
    changeEvents,
    at,
  );
  const { episodes, open, resolved, lacksCauses } = issues;
  const openEpisodes = open.map((issue) => episodeOf(issue, input.detectors));
  const after: Memory = {
    ...memory,
    ...prompt.memory,
    changes: rememberChanges(memory.changes, [], cleared, at),
    sightings: issues.sightings,
    trouble: continuedTrouble(before.trouble, openEpisodes, now),
  };
  return {
    memory: after,
    events: [...changeEvents, ...issues.events, ...promptEvents(before, after, now, !observation.account.ok)],
    syncCycles: [...tokens.window.rows, ...prompt.rows],
    state: presentState(after, observation, { open: openEpisodes, ignored: settings.ignoredIssues ?? [] }),
    episodes,
    open,
    resolved,
    lacksCauses,
    elapsedTime,
    ...nextPollOf(after, issues, now),
  };
}

function episodeOf({ issue, severity, openedAt }: OpenIssue, detectors: readonly Detector[]): Episode {
  const { breaksSignIn = true, audience } = detectors.find(({ id }) => id === issue) ?? {};
  const alsoNoticed = !breaksSignIn && audience === 'admin';
  return { issue, severity, openedAt, resolvedAt: null, breaksSignIn, alsoNoticed };
}

/** The clocks of a poll, or of the start of a run. */
export function momentOf(
  observation: Pick<Observation, 'at' | 'monotonic' | 'power'>,
  run: string,
  before: Moment | null,
): Moment {
  const power = knownValue(observation.power);
  // It stays for a run. A short poll does not read it.
  const bootSession = power?.bootSession ?? (before?.run === run ? before.bootSession : null) ?? null;
  const instant = (iso: string | null | undefined) => (iso == null ? null : fromIso(iso));
  return {
    at: fromIso(observation.at),
    monotonic: observation.monotonic,
    run,
    bootSession,
    bootedAt: instant(power?.bootedAt),
    sleptAt: instant(power?.sleptAt),
    wokeAt: instant(power?.wokeAt),
    powerKnown: power !== null,
  };
}

/** Null at the first poll of a new memory. */
function elapsedTimeOf(before: Memory, moment: Moment, input: DetectInput): ElapsedTime | null {
  if (before.moment === null) return null;
  return elapsedTimeBetween(before.moment, moment, {
    expected: input.settings.pollIntervalSeconds * second,
    monotonicCountsSleep: input.monotonicCountsSleep,
  });
}

function elapsedTimeEvents(before: Moment | null, elapsedTime: ElapsedTime | null, now: EpochMs): NewEvent[] {
  if (before === null || elapsedTime === null) return [];
  const events: NewEvent[] = [];
  if (elapsedTime.clockShift !== 0) {
    const seconds = Math.round(elapsedTime.clockShift / second);
    const summary = `The wall clock was set ${seconds > 0 ? 'forward' : 'back'} by ${Math.abs(seconds)} s.`;
    events.push(newEvent(now, 'clock-changed', 'low', summary, { data: { seconds } }));
  }
  // A new run records its own gap: the run record knows when the previous run ended (daemon/run-events.ts).
  const unobserved = elapsedTime.total - elapsedTime.awake;
  if (!elapsedTime.newRun && elapsedTime.slept && unobserved >= shortestReportedGap) {
    const summary = `Nothing was observed for ${durationText(unobserved / second)}: the Mac was asleep.`;
    const data = { reason: 'asleep', from: toIso(before.at), seconds: Math.round(unobserved / second) };
    events.push(newEvent(now, 'gap', 'info', summary, { data }));
  }
  return events;
}

/** The use of the Mac in this poll. */
interface Activity {
  readonly active: boolean;
  /** Milliseconds of active time since the previous poll. */
  readonly activeFor: number;
  /** An unlock, a login or a switch back to this user since the previous poll, and the Mac is online. */
  readonly unlockedOnline: boolean;
  /** As read in this poll, or earlier when the session could not be read. */
  readonly screen: Memory['screen'];
  readonly console: Memory['console'];
}

function activityOf(before: Memory, observation: Observation, elapsedTime: ElapsedTime | null): Activity {
  const session = knownValue(observation.session);
  const online = knownValue(observation.network) === 'online';
  const active = online && session?.screen === 'unlocked' && session.console === 'active';
  const wasLocked =
    before.screen === 'locked' || before.console === 'switchedOut' || elapsedTime?.rebooted === true;
  return {
    active,
    activeFor: before.active && active ? (elapsedTime?.awake ?? 0) : 0,
    unlockedOnline: active && wasLocked,
    screen: session?.screen ?? before.screen,
    console: session?.console ?? before.console,
  };
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

/** Advances the password window, then classifies a changed local password: a refresh can explain it. */
function followTokens(
  { memory: before, observation, settings }: DetectInput,
  poll: {
    readonly facts: Facts | null;
    readonly confirmed: boolean;
    readonly now: EpochMs;
    readonly elapsedTime: ElapsedTime | null;
    readonly activity: Activity;
  },
): { window: WindowOutput; passwordMemory: PasswordMemory; events: NewEvent[] } {
  const { facts, now, elapsedTime, activity } = poll;
  const unobserved = elapsedTime === null ? 0 : elapsedTime.total - elapsedTime.awake;
  const password = observePasswordChange(before, passwordSetAt(observation), unobserved);
  const window = advanceWindow(before.window, {
    now,
    elapsedTime: elapsedTime ?? { total: 0, awake: 0 },
    // Unconfirmed facts end no cycle and begin none.
    facts: poll.confirmed ? facts : null,
    wasActive: before.active,
    active: activity.active,
    unlockedOnline: activity.unlockedOnline,
    passwordSetAt: password.candidate,
    idpPasswordChangedAt: settings.idpPasswordChangedAt,
  });
  const classified = classifyPasswordChange(password.memory, {
    now,
    // Not counted: the time before the change was found, and time in which no refresh could be read.
    elapsed:
      before.unexplainedPassword === null || facts === null || !poll.confirmed
        ? 0
        : (elapsedTime?.total ?? 0),
    explained: window.explainedPassword,
    relation: relationIn(facts ?? before.facts),
  });
  return { window, passwordMemory: classified.memory, events: [...window.events, ...classified.events] };
}

/** AllowWebLoginPasswordSync of the profile; as before where it could not be read. */
function hasWebLoginSync(before: Memory, { ssoProfile }: Observation): boolean {
  return ssoProfile.ok
    ? ssoProfile.value?.webLoginPasswordSync === true
    : before.facts?.webLoginPasswordSync === true;
}

function relationIn(facts: Facts | null): PasswordRelation {
  return facts === null ? 'unknown' : relationOf(facts);
}

/** In whole seconds: the fraction that macOS keeps has no meaning. */
function passwordSetAt({ account }: Observation): EpochMs | null | undefined {
  if (!account.ok) return undefined;
  const { passwordLastSetAt } = account.value;
  return passwordLastSetAt === null ? null : Math.floor(fromIso(passwordLastSetAt) / second) * second;
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

/** Records the prompt in the row of its token cycle, once the prompt issue is open. */
function recordPrompt(
  { window }: Memory,
  issues: DetectorResults,
  { detectors, settings }: Pick<DetectInput, 'detectors' | 'settings'>,
): { memory: Pick<Memory, 'promptPending' | 'window'>; rows: SyncCycle[] } {
  const promptPending = detectors.some(
    (detector) => detector.promptPending === true && issues.sightings[detector.id]?.openedAt != null,
  );
  const prompt = window.cycle?.prompt ?? null;
  if (!promptPending || window.cycle === null || prompt === null || prompt.told)
    return { memory: { promptPending, window }, rows: [] };
  const cycle = { ...window.cycle, prompt: { ...prompt, told: true } };
  return {
    memory: { promptPending, window: { ...window, cycle } },
    rows: [syncCycleRow(cycle, settings, null)],
  };
}

/** `unreadPassword`: when the local password was last set could not be read in this poll. */
function promptEvents(before: Memory, after: Memory, at: EpochMs, unreadPassword: boolean): NewEvent[] {
  if (before.promptPending === after.promptPending) return [];
  if (!before.promptPending) {
    const summary = 'macOS asks the user for the work password.';
    return [newEvent(at, 'prompt-pending', 'medium', summary, { from: 'clear', to: 'pending' })];
  }
  const newPassword = unreadPassword ? null : isPasswordSetSincePrompt(before, after);
  return [
    newEvent(at, 'prompt-cleared', 'info', clearedText(after.facts, newPassword), {
      from: 'pending',
      to: 'clear',
      data: { newPassword },
    }),
  ];
}

/** Null: the time of the prompt is unknown. */
function isPasswordSetSincePrompt(before: Memory, { passwordLastSetAt }: Memory): boolean | null {
  const promptedAt = before.window.cycle?.prompt?.at;
  if (promptedAt === undefined) return null;
  return passwordLastSetAt !== null && passwordLastSetAt >= promptedAt;
}

function clearedText(facts: Facts | null, newPassword: boolean | null): string {
  const cleared = 'macOS no longer asks the user for the work password';
  if (facts === null || !isHealthy(facts)) return `${cleared}.`;
  if (newPassword === null) return `${cleared}. Whether a new password was set is unknown.`;
  return newPassword
    ? `${cleared}. A new local password was set.`
    : `${cleared}. No new local password was set.`;
}

function nextPollOf(
  { candidate, window, active, emptyFor, doubts = [] }: Memory,
  issues: DetectorResults,
  now: EpochMs,
): Pick<Detected, 'needsFullPoll' | 'needsShortInterval'> {
  // The next unlock decides the phase, and the Mac may then be unlocked only for a short time.
  const unlockDecides = active && awaitsUnlock(window);
  const waited = candidate === null ? null : now - candidate.firstAt;
  const secondReadingIsNear = waited !== null && waited >= 0 && waited < shortIntervalFor;
  // AppSSOAgent may be back at the next poll.
  const mayRecover = emptyFor != null && emptyFor < emptyStateLimit;
  return {
    needsFullPoll:
      issues.needsFullPoll || candidate !== null || doubts.length > 0 || mayRecover || unlockDecides,
    needsShortInterval: issues.needsShortInterval || secondReadingIsNear || mayRecover || unlockDecides,
  };
}
