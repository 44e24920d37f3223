import type { NewEvent } from '../shared/event.ts';
import type { IssueEpisode } from '../shared/history-records.ts';
import type { IdentityProvider } from '../shared/identity-provider.ts';
import { macosMajor } from '../shared/macos-major.ts';
import type { Observation } from '../shared/observation.ts';
import { type EpochMs, hour, second } from '../shared/time.ts';
import type { Detector, DetectorInput, ExplainFinding } from './detector.ts';
import type { ElapsedTime } from './elapsed-time.ts';
import { providerOfMac } from './extension.ts';
import type { Facts } from './facts.ts';
import { advanceIssue, type Finding, type Verdict } from './issue-lifecycle.ts';
import type { Memory, Sighting } from './memory.ts';

export interface OpenIssue {
  readonly issue: string;
  readonly openedAt: EpochMs;
  readonly severity: NewEvent['severity'];
  readonly activeSeconds: number;
  readonly evidence: NewEvent['data'];
}

/** The input of all detectors in one poll. */
export interface DetectorRunInput {
  readonly memory: Memory;
  readonly observation: Observation;
  readonly now: EpochMs;
  readonly facts: Facts | null;
  /** Whether `facts` are confirmed. Unconfirmed facts can open an issue but not resolve one. */
  readonly confirmed: boolean;
  readonly active: boolean;
  /** Milliseconds of active time since the previous poll. */
  readonly activeFor: number;
  readonly elapsedTime: ElapsedTime | null;
  readonly troublePollIntervalSeconds: number;
  readonly idpMinimumLength: number;
  /** Issues that are not detected. An open one is closed. */
  readonly ignored: readonly string[];
  /** Null: not loaded. */
  readonly explain: ExplainFinding | null;
}

export interface DetectorResults {
  readonly sightings: Memory['sightings'];
  readonly events: NewEvent[];
  readonly episodes: IssueEpisode[];
  readonly open: OpenIssue[];
  readonly resolved: { issue: string; openedAt: EpochMs }[];
  /** A finding has no causes, since `explain` was null. */
  readonly lacksCauses: boolean;
  /** A sighting needs every source at each poll. */
  readonly needsFullPoll: boolean;
  /** A sighting is younger than an hour of awake time: it may soon be confirmed, change or end. */
  readonly needsShortInterval: boolean;
}

/**
 * How long the short poll interval applies after a sighting or a notification. A user who follows a
 * notification does so soon, and then gets the solved notification soon. An older issue can stay open for
 * months.
 */
export const shortIntervalFor = hour;

/** Runs every detector and advances each issue by its verdict. */
export function runDetectors(detectors: readonly Detector[], input: DetectorRunInput): DetectorResults {
  const { memory, observation, now, facts, confirmed, active, activeFor, elapsedTime } = input;
  const evidence: DetectorInput = {
    now,
    facts,
    observation,
    memory,
    window: memory.window,
    idpMinimumLength: input.idpMinimumLength,
    active,
    activeFor,
    macosMajor: macosMajor(observation.macos.ok ? observation.macos.value : memory.macos),
  };
  // A poll can start a few seconds early. Two readings are needed in any case.
  const confirmation = Math.max(0, input.troublePollIntervalSeconds - 5) * second;
  const sightings: Memory['sightings'] = {};
  const events: NewEvent[] = [];
  const episodes: IssueEpisode[] = [];
  const open: OpenIssue[] = [];
  const resolved: { issue: string; openedAt: EpochMs }[] = [];
  let lacksCauses = false;
  let needsFullPoll = false;
  let needsShortInterval = false;
  const provider = providerOfMac(memory);
  for (const detector of detectors) {
    const { id: issue, cadence, longLasting = false } = detector;
    const seen = memory.sightings[issue] ?? null;
    const unexplained = judged(detector, evidence, provider, input.ignored);
    if (isFinding(unexplained) && input.explain === null) lacksCauses = true;
    const found = isFinding(unexplained) ? explained(detector, unexplained, evidence, input) : unexplained;
    const another = seen !== null && isFinding(found) && found.variant !== seen.variant;
    // Another variant resolves an open episode first. It replaces an unconfirmed sighting at once.
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
    // The first notification needs active time, so every poll must read the sources that measure it.
    const awaitsNotification = sighting.active < cadence.firstAfterSeconds * second;
    if (!rests || awaitsNotification) needsFullPoll = true;
    // `awake` does not depend on the wall clock.
    if (!rests && sighting.awake < shortIntervalFor) needsShortInterval = true;
    open.push(...openIssueOf(issue, sighting));
  }
  const known = new Set(detectors.map(({ id }) => id));
  for (const [issue, seen] of Object.entries(memory.sightings)) {
    if (known.has(issue)) continue;
    // A rule that the admin removed, or an issue of another version.
    const tracked = advanceIssue(issue, seen, 'gone', { now, elapsedTime, activeFor, confirmation });
    events.push(...tracked.events);
    if (tracked.episode !== null) episodes.push(tracked.episode);
  }
  return { sightings, events, episodes, open, resolved, lacksCauses, needsFullPoll, needsShortInterval };
}

/** The verdict, without causes. */
function judged(
  { id, providers, detect }: Detector,
  evidence: DetectorInput,
  provider: IdentityProvider,
  ignored: readonly string[],
): Verdict | 'ignored' {
  if (ignored.includes(id)) return 'ignored';
  return providers?.includes(provider) === false ? null : detect(evidence);
}

/** Empty: the issue is not confirmed yet. */
function openIssueOf(issue: string, { openedAt, finding, active }: Sighting): OpenIssue[] {
  if (openedAt === null || finding === null) return [];
  const { severity, evidence } = finding;
  return [{ issue, openedAt, severity, activeSeconds: Math.round(active / second), evidence }];
}

function explained(
  { id, setSeverity }: Detector,
  finding: Finding,
  evidence: DetectorInput,
  { explain }: Pick<DetectorRunInput, 'explain'>,
): Finding {
  const found = explain === null ? finding : explain(id, finding, evidence);
  return setSeverity === undefined ? found : { ...found, severity: setSeverity };
}

function isFinding(verdict: Finding | null | string): verdict is Finding {
  return verdict !== null && typeof verdict === 'object';
}
