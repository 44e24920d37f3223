import { type Json, type NewEvent, newEvent, type Severity } from '../shared/event.ts';
import type { IssueEpisode } from '../shared/history-records.ts';
import { type EpochMs, toIso } from '../shared/time.ts';
import type { ElapsedTime } from './elapsed-time.ts';
import type { Sighting } from './memory.ts';

/** What a detector found. */
export interface Finding {
  readonly severity: Severity;
  /** One English sentence for the admin: the fact, not what to do. */
  readonly summary: string;
  readonly evidence: Readonly<Record<string, Json>>;
  /** A change of the key is an `issue-updated`, so it contains no times and counts. */
  readonly key: string;
  /**
   * Names one of several independent findings of an issue. Each is confirmed, opened and resolved by itself.
   */
  readonly variant?: string;
  /**
   * Milliseconds awake from the first sighting until the issue opens; by default the short poll interval. Two
   * readings are needed in any case.
   */
  readonly confirmAfter?: number;
  /** Milliseconds of active time from the first sighting until the issue opens. */
  readonly confirmAfterActive?: number;
}

/**
 * A finding; null: the issue is absent; `unknown`: no valid reading. Unknown neither opens nor resolves an
 * issue.
 */
export type Verdict = Finding | null | 'unknown';

/**
 * The admin switched the issue off, or nothing detects it any more. An open episode is closed, and does not
 * count as solved.
 */
type Closing = 'ignored' | 'gone';

const closingWords: Readonly<Record<Closing, string>> = {
  ignored: 'Ignored by a setting: ',
  gone: 'No longer detected: ',
};

/** The result of one poll for one issue. */
export interface AdvancedIssue {
  readonly sighting: Sighting | null;
  readonly events: NewEvent[];
  readonly episode: IssueEpisode | null;
}

interface PollTimes {
  readonly now: EpochMs;
  readonly elapsedTime: ElapsedTime | null;
  /** Milliseconds of active time since the previous poll. */
  readonly activeFor: number;
  /** Milliseconds awake that a finding without `confirmAfter` needs. */
  readonly confirmation: number;
}

/**
 * The life of one issue: seen, confirmed by a second reading, open, updated, resolved.
 *
 * Invariant: an episode is opened once and resolved once; an unconfirmed sighting is never recorded.
 */
export function advanceIssue(
  issue: string,
  before: Sighting | null,
  verdict: Verdict | Closing,
  times: PollTimes,
): AdvancedIssue {
  // Time counts also across an unknown verdict: two readings five minutes apart stay five minutes apart.
  if (verdict === 'unknown') return unrecorded(before === null ? null : withTime(before, times));
  if (verdict === null || verdict === 'ignored' || verdict === 'gone')
    return ended(issue, before, verdict, times.now);
  const sighting = seen(before, verdict, times);
  if (sighting.openedAt !== null) {
    if (sighting.key === verdict.key) return unrecorded(sighting);
    return updated(issue, sighting, sighting.openedAt, verdict, times.now);
  }
  return isConfirmed(sighting, verdict, times)
    ? opened(issue, sighting, verdict, times.now)
    : unrecorded(sighting);
}

function unrecorded(sighting: Sighting | null): AdvancedIssue {
  return { sighting, events: [], episode: null };
}

function withTime(sighting: Sighting, { elapsedTime, activeFor }: PollTimes): Sighting {
  return {
    ...sighting,
    awake: sighting.awake + (elapsedTime?.awake ?? 0),
    active: sighting.active + activeFor,
  };
}

function seen(before: Sighting | null, { variant }: Finding, times: PollTimes): Sighting {
  if (before !== null) return { ...withTime(before, times), count: before.count + 1 };
  return {
    firstAt: times.now,
    count: 1,
    awake: 0,
    active: 0,
    openedAt: null,
    key: null,
    finding: null,
    ...(variant === undefined ? {} : { variant }),
  };
}

function isConfirmed({ count, awake, active }: Sighting, finding: Finding, times: PollTimes): boolean {
  return (
    count >= 2 &&
    awake >= (finding.confirmAfter ?? times.confirmation) &&
    active >= (finding.confirmAfterActive ?? 0)
  );
}

function opened(issue: string, sighting: Sighting, finding: Finding, now: EpochMs): AdvancedIssue {
  const openedAt = Math.min(sighting.firstAt, now);
  const { severity, summary, evidence } = finding;
  return {
    sighting: { ...sighting, openedAt, key: finding.key, finding: kept(finding) },
    events: [
      newEvent(now, 'issue-opened', severity, summary, {
        issue,
        to: 'open',
        data: { ...evidence, firstSeenAt: toIso(openedAt) },
      }),
    ],
    episode: { issue, openedAt, resolvedAt: null, severity, summary, evidence },
  };
}

function updated(
  issue: string,
  sighting: Sighting,
  openedAt: EpochMs,
  finding: Finding,
  now: EpochMs,
): AdvancedIssue {
  const { key, severity, summary, evidence } = finding;
  return {
    sighting: { ...sighting, key, finding: kept(finding) },
    events: [
      newEvent(now, 'issue-updated', severity, summary, {
        issue,
        from: sighting.key,
        to: key,
        data: { ...evidence },
      }),
    ],
    episode: { issue, openedAt, resolvedAt: null, severity, summary, evidence },
  };
}

function ended(issue: string, before: Sighting | null, verdict: null | Closing, now: EpochMs): AdvancedIssue {
  if (before === null || before.openedAt === null) return unrecorded(null);
  const { openedAt, finding } = before;
  const was = finding?.summary ?? issue;
  const closing = verdict === null ? null : `${closingWords[verdict]}${was}`;
  const openSeconds = Math.max(0, Math.round((now - openedAt) / 1000));
  return {
    sighting: null,
    events: [
      newEvent(now, 'issue-resolved', 'info', closing ?? `Resolved: ${was}`, {
        issue,
        from: 'open',
        to: 'resolved',
        data: { openedAt: toIso(openedAt), openSeconds, ...(verdict === null ? {} : { [verdict]: true }) },
      }),
    ],
    episode: {
      issue,
      openedAt,
      resolvedAt: now,
      severity: finding?.severity ?? 'info',
      summary: closing ?? finding?.summary ?? '',
      evidence: finding?.evidence ?? {},
    },
  };
}

/** The part of a finding that the memory keeps for the resolved episode. */
function kept(finding: Finding): NonNullable<Sighting['finding']> {
  return { severity: finding.severity, summary: finding.summary, evidence: { ...finding.evidence } };
}
