import { durationText } from '../shared/duration-text.ts';
import type { NewEvent } from '../shared/event.ts';
import type { IssueEpisode, SyncCycle } from '../shared/history-records.ts';
import type { Observation } from '../shared/observation.ts';
import { knownValue } from '../shared/reading.ts';
import { type EpochMs, fromIso, minute, second, toIso } from '../shared/time.ts';
import type { StateValues } from '../store/state-keys.ts';
import type { Detector } from './detector.ts';
import { type ElapsedTime, elapsedTimeBetween, type Moment } from './elapsed-time.ts';
import { factsOf } from './facts.ts';
import { classifyPasswordChange, observePasswordChange } from './local-password.ts';
import { macChanges, rememberChanges } from './mac-changes.ts';
import type { Memory } from './memory.ts';
import { advanceWindow } from './password-window.ts';
import { presentState } from './present-state.ts';
import { registrationMemory } from './registration-memory.ts';
import { confirmState, registrationEvents, reRegistrationEvents } from './registration-state.ts';
import { type OpenIssue, runDetectors, shortIntervalFor } from './run-detectors.ts';
import { sourceEvents } from './source-events.ts';
import { syncCycleRow } from './sync-cycle.ts';

export interface DetectInput {
  readonly memory: Memory;
  readonly observation: Observation;
  readonly run: string;
  readonly monotonicCountsSleep: boolean;
  readonly settings: {
    /** Never found, and at an end where they were open. */
    readonly ignoredIssues?: readonly string[];
    readonly pollIntervalSeconds: number;
    readonly troublePollIntervalSeconds: number;
    readonly idpPasswordChangedAt: EpochMs | null;
    readonly idpMinimumPasswordLength: number;
  };
  readonly detectors: readonly Detector[];
}

export interface Detected {
  readonly memory: Memory;
  readonly events: NewEvent[];
  readonly episodes: IssueEpisode[];
  readonly syncCycles: SyncCycle[];
  readonly state: StateValues;
  readonly open: OpenIssue[];
  /** Episodes that ended at this look. */
  readonly resolved: { issue: string; openedAt: EpochMs }[];
  /** Something is wrong or not confirmed yet: the next look is a whole one. */
  readonly needsFullPoll: boolean;
  /** … and may change at any moment: look again sooner. */
  readonly needsShortInterval: boolean;
  readonly elapsedTime: ElapsedTime | null;
}

/** Less than this asleep or unwatched is everyday life, not a gap in the history. */
const shortestReportedGap = 30 * minute;

function momentOf(observation: Observation, run: string): Moment {
  const power = knownValue(observation.power);
  const instant = (iso: string | null | undefined) => (iso == null ? null : fromIso(iso));
  return {
    at: fromIso(observation.at),
    monotonic: observation.monotonic,
    run,
    bootedAt: instant(power?.bootedAt),
    sleptAt: instant(power?.sleptAt),
    wokeAt: instant(power?.wokeAt),
    powerKnown: power !== null,
  };
}

function elapsedTimeEvents(before: Moment, elapsedTime: ElapsedTime, now: EpochMs): NewEvent[] {
  const events: NewEvent[] = [];
  if (elapsedTime.clockShift !== 0) {
    const by = Math.round(elapsedTime.clockShift / second);
    events.push({
      at: now,
      kind: 'clock-changed',
      issue: null,
      severity: 'low',
      summary: `The wall clock was set ${by > 0 ? 'forward' : 'back'} by ${Math.abs(by)} s.`,
      from: null,
      to: null,
      data: { seconds: by },
    });
  }
  // A new run tells its own gap, since it knows when the run before was last seen: see agent.ts.
  const unwatched = elapsedTime.total - elapsedTime.awake;
  if (!elapsedTime.newRun && elapsedTime.slept && unwatched >= shortestReportedGap) {
    events.push({
      at: now,
      kind: 'gap',
      issue: null,
      severity: 'info',
      summary: `Nothing was observed for ${durationText(unwatched / second)}: the Mac was asleep.`,
      from: null,
      to: null,
      data: { reason: 'asleep', from: toIso(before.at), seconds: Math.round(unwatched / second) },
    });
  }
  return events;
}

/**
 * One look, compared with all before: what changed, what is wrong, what to remember. Pure: no clock, no I/O.
 */
export function detect(input: DetectInput): Detected {
  const { observation, settings } = input;
  const before = input.memory;
  const now = fromIso(observation.at);
  const events: NewEvent[] = [];

  const moment = momentOf(observation, input.run);
  const expected = settings.pollIntervalSeconds * second;
  const elapsedTime =
    before.moment === null
      ? null
      : elapsedTimeBetween(before.moment, moment, {
          expected,
          monotonicCountsSleep: input.monotonicCountsSleep,
        });
  if (before.moment !== null && elapsedTime !== null)
    events.push(...elapsedTimeEvents(before.moment, elapsedTime, now));

  const session = knownValue(observation.session);
  const online = knownValue(observation.network) === 'online';
  const active = session !== null && session.screen === 'unlocked' && session.console === 'active' && online;
  const activeFor = before.active && active ? (elapsedTime?.awake ?? 0) : 0;
  const unlocked =
    session?.screen === 'unlocked' &&
    session.console === 'active' &&
    (before.screen === 'locked' || before.console === 'switchedOut' || elapsedTime?.rebooted === true);

  const sources = sourceEvents(before.failing, observation, now);
  events.push(...sources.events);
  const changes = macChanges(before, observation, now);
  events.push(...changes.events);

  const answer = knownValue(observation.appSso);
  const facts = answer === null ? null : factsOf(answer, now);
  const belief = confirmState(before, facts, now);
  if (belief.changedSince !== null && belief.facts !== null) {
    events.push(...registrationEvents(before, belief.facts, now, belief.changedSince));
  } else if (
    facts !== null &&
    before.facts?.registration === 'complete' &&
    facts.registration === 'complete' &&
    belief.candidate === null
  ) {
    events.push(...reRegistrationEvents(before.facts, facts, now, now));
  }

  const password = observePasswordChange(
    before,
    passwordSetAt(observation),
    elapsedTime === null ? 0 : elapsedTime.total - elapsedTime.awake,
  );
  const window = advanceWindow(before.window, {
    now,
    elapsedTime: elapsedTime ?? nothingPassed,
    // A situation that waits for its second reading is as good as unread: it ends no cycle and begins none.
    facts: belief.candidate === null ? facts : null,
    wasActive: before.active,
    active,
    unlockedOnline: unlocked && online,
    passwordSetAt: password.candidate,
    idpPasswordChangedAt: settings.idpPasswordChangedAt,
  });
  events.push(...window.events);
  const settled = classifyPasswordChange(password.remembered, {
    now,
    // What passed before it was noticed is no waiting.
    // Nor is time in which no refresh could be seen.
    elapsed: before.unexplainedPassword === null || facts === null ? 0 : (elapsedTime?.total ?? 0),
    explained: window.explainedPassword,
    passwordMethod: (facts ?? before.facts)?.method === 'password',
  });
  events.push(...settled.events);

  const registration = registrationMemory(before, belief.facts, observation, now);
  const memory: Memory = {
    ...before,
    ...changes.remembered,
    ...settled.remembered,
    ...registration,
    moment,
    active,
    screen: session?.screen ?? before.screen,
    console: session?.console ?? before.console,
    facts: belief.facts,
    candidate: belief.candidate,
    failing: sources.failing,
    changes: rememberChanges(before.changes, events, now),
    window: window.memory,
    lastConfirmedGoodAt: lastConfirmedGood(before, window.memory),
  };

  const issues = runDetectors(input.detectors, {
    memory,
    observation,
    now,
    // A state that nobody can explain is no evidence, for or against anything.
    facts: facts?.registration === 'unclear' ? null : facts,
    confirmed: belief.candidate === null,
    active,
    activeFor,
    elapsedTime,
    troublePollIntervalSeconds: settings.troublePollIntervalSeconds,
    idpMinimumLength: settings.idpMinimumPasswordLength,
    ignored: settings.ignoredIssues ?? [],
  });
  const promptPending = input.detectors.some(
    (detector) => detector.promptPending === true && issues.sightings[detector.id]?.openedAt != null,
  );
  const { cycle } = window.memory;
  /** The window that macOS asks about, before its row says so. */
  const asked =
    promptPending && cycle !== null && cycle.promptedAt !== null && cycle.promptTold !== true ? cycle : null;
  const after: Memory = {
    ...memory,
    ...(asked === null ? {} : { window: { ...window.memory, cycle: { ...asked, promptTold: true } } }),
    sightings: issues.sightings,
    promptPending,
  };
  events.push(...issues.events);
  events.push(...promptEvents(before.promptPending, after.promptPending, now));

  const { candidate } = after;
  /** The next unlock of the screen decides, and it may be a short one. */
  const unlockDecides = active && (window.memory.phase === 'due' || window.memory.phase === 'hint');
  const waited = candidate === null ? null : now - candidate.firstAt;
  const secondReadingIsNear = waited !== null && waited >= 0 && waited < shortIntervalFor;
  return {
    memory: after,
    events,
    episodes: issues.episodes,
    syncCycles: [...window.rows, ...(asked === null ? [] : [syncCycleRow(asked, settings, null)])],
    state: presentState(after, observation, issues.open),
    open: issues.open,
    resolved: issues.resolved,
    needsFullPoll: issues.needsFullPoll || candidate !== null || unlockDecides,
    needsShortInterval: issues.needsShortInterval || secondReadingIsNear || unlockDecides,
    elapsedTime,
  };
}

/** It outlives the tokens that it is known by: when they are lost or Platform SSO is removed, it is what is asked for. */
function lastConfirmedGood(before: Memory, { cycle, phase }: Memory['window']): EpochMs | null {
  if (cycle !== null) return cycle.receivedAt;
  return phase === 'notApplicable' ? null : (before.lastConfirmedGoodAt ?? null);
}

const nothingPassed: ElapsedTime = {
  total: 0,
  awake: 0,
  slept: false,
  rebooted: false,
  clockShift: 0,
  newRun: true,
};

/** In whole seconds: macOS keeps a fraction that means nothing to anyone. */
function passwordSetAt({ account }: Observation): EpochMs | null | undefined {
  if (!account.ok) return undefined;
  const { passwordLastSetAt } = account.value;
  return passwordLastSetAt === null ? null : Math.floor(fromIso(passwordLastSetAt) / second) * second;
}

function promptEvents(before: boolean, after: boolean, at: EpochMs): NewEvent[] {
  if (before === after) return [];
  return [
    {
      at,
      kind: after ? 'prompt-pending' : 'prompt-cleared',
      issue: null,
      severity: after ? 'medium' : 'info',
      summary: after
        ? 'macOS waits for the user to type the new password.'
        : 'macOS no longer waits for the user to type a password.',
      from: after ? 'clear' : 'pending',
      to: after ? 'pending' : 'clear',
      data: {},
    },
  ];
}
