import type { NewEvent } from '../shared/event.ts';
import type { IssueEpisode } from '../shared/history-records.ts';
import type { Observation } from '../shared/observation.ts';
import { type EpochMs, hour, second } from '../shared/time.ts';
import type { Detector } from './detector.ts';
import type { ElapsedTime } from './elapsed-time.ts';
import type { Facts } from './facts.ts';
import { advanceIssue, type Finding } from './issue-lifecycle.ts';
import type { Memory } from './memory.ts';

export interface OpenIssue {
  readonly issue: string;
  readonly openedAt: EpochMs;
  readonly severity: NewEvent['severity'];
  readonly activeSeconds: number;
  readonly evidence: NewEvent['data'];
}

/** What the detectors are asked with. */
export interface DetectorRunInput {
  readonly memory: Memory;
  readonly observation: Observation;
  readonly now: EpochMs;
  readonly facts: Facts | null;
  /** Whether `facts` are believed; else they wait for a second reading, and can raise an issue but not end one. */
  readonly confirmed: boolean;
  readonly active: boolean;
  /** Milliseconds of active use since the look before. */
  readonly activeFor: number;
  readonly elapsedTime: ElapsedTime | null;
  readonly troublePollIntervalSeconds: number;
  readonly idpMinimumLength: number;
  /** Never found, and at an end where they were open. */
  readonly ignored: readonly string[];
}

export interface DetectorResults {
  readonly sightings: Memory['sightings'];
  readonly events: NewEvent[];
  readonly episodes: IssueEpisode[];
  readonly open: OpenIssue[];
  readonly resolved: { issue: string; openedAt: EpochMs }[];
  /** Something is seen of which every look has to know all. */
  readonly needsFullPoll: boolean;
  /** … and was first seen less than an hour ago, awake: more of it, or its end, may be near. */
  readonly needsShortInterval: boolean;
}

/**
 * How long something is looked at more often. Whoever does what a notice asks for does it soon, and then hears soon that it works again. What is left for
 * longer may be left for months.
 */
export const shortIntervalFor = hour;

/** Asks every detector, and follows what each has seen from look to look. */
export function runDetectors(detectors: readonly Detector[], input: DetectorRunInput): DetectorResults {
  const { memory, observation, now, facts, confirmed, active, activeFor, elapsedTime } = input;
  const evidence = {
    now,
    facts,
    observation,
    memory,
    window: memory.window,
    idpMinimumLength: input.idpMinimumLength,
    active,
    macosMajor: majorOf(observation.macos.ok ? observation.macos.value : memory.macos),
  };
  // A tick may come a few seconds early, and two readings are what counts.
  const confirmation = Math.max(0, input.troublePollIntervalSeconds - 5) * second;
  const sightings: Memory['sightings'] = {};
  const events: NewEvent[] = [];
  const episodes: IssueEpisode[] = [];
  const open: OpenIssue[] = [];
  const resolved: { issue: string; openedAt: EpochMs }[] = [];
  let needsFullPoll = false;
  let needsShortInterval = false;
  for (const { id: issue, cadence, detect, longLasting = false } of detectors) {
    const seen = memory.sightings[issue] ?? null;
    const found = input.ignored.includes(issue) ? 'ignored' : detect(evidence);
    const another = seen !== null && isFinding(found) && found.variant !== seen.variant;
    // What is open ends before it is found in another way; what was not confirmed begins anew.
    const verdict = another && seen.openedAt !== null ? null : found;
    const before = another && seen.openedAt === null ? null : seen;
    const tracked = advanceIssue(issue, before, verdict === null && !confirmed ? 'unknown' : verdict, {
      now,
      elapsedTime,
      activeFor,
      confirmation,
    });
    events.push(...tracked.events);
    if (tracked.episode !== null) episodes.push(tracked.episode);
    const { sighting } = tracked;
    if (sighting === null) {
      if (before?.openedAt != null) resolved.push({ issue, openedAt: before.openedAt });
      continue;
    }
    sightings[issue] = sighting;
    const rests = sighting.openedAt !== null && longLasting;
    // The user hears of it after some time of use, of which a Mac without a network, say, has none.
    const awaitsNotification = sighting.active < cadence.firstAfterSeconds * second;
    if (!rests || awaitsNotification) needsFullPoll = true;
    // By what no clock that is set can change.
    if (!rests && sighting.awake < shortIntervalFor) needsShortInterval = true;
    if (sighting.openedAt !== null && sighting.finding !== null) {
      open.push({
        issue,
        openedAt: sighting.openedAt,
        severity: sighting.finding.severity,
        activeSeconds: Math.round(sighting.active / second),
        evidence: sighting.finding.evidence,
      });
    }
  }
  return { sightings, events, episodes, open, resolved, needsFullPoll, needsShortInterval };
}

function isFinding(verdict: Finding | null | string): verdict is Finding {
  return verdict !== null && typeof verdict === 'object';
}

function majorOf(macos: string | null): number | null {
  const major = macos === null ? Number.NaN : Number.parseInt(macos, 10);
  return Number.isNaN(major) ? null : major;
}
