import type { Json, NewEvent, Severity } from '../shared/event.ts';
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
  /** Names one of several independent findings of an issue. Each is confirmed, opened and resolved by itself. */
  readonly variant?: string;
  /**
   * Milliseconds awake from the first sighting until the issue opens; by default the short poll interval. Two readings
   * are needed in any case.
   */
  readonly confirmAfter?: number;
  /** Milliseconds of active time from the first sighting until the issue opens. */
  readonly confirmAfterActive?: number;
}

/** A finding; null: the issue is absent; `unknown`: no valid reading. Unknown neither opens nor resolves an issue. */
export type Verdict = Finding | null | 'unknown';

/** The setting IgnoredIssues names the issue: an open episode is closed, and does not count as solved. */
type Ignored = 'ignored';

/** The result of one poll for one issue. */
export interface AdvancedIssue {
  readonly sighting: Sighting | null;
  readonly events: NewEvent[];
  readonly episode: IssueEpisode | null;
}

function opened(issue: string, at: EpochMs, finding: Finding, firstAt: EpochMs): NewEvent {
  return {
    at,
    kind: 'issue-opened',
    issue,
    severity: finding.severity,
    summary: finding.summary,
    from: null,
    to: 'open',
    data: { ...finding.evidence, firstSeenAt: toIso(firstAt) },
  };
}

/**
 * The life of one issue: seen, confirmed by a second reading, open, updated, resolved.
 *
 * Invariant: an episode is opened once and resolved once; an unconfirmed sighting is never recorded.
 */
export function advanceIssue(
  issue: string,
  before: Sighting | null,
  verdict: Verdict | Ignored,
  input: { now: EpochMs; elapsedTime: ElapsedTime | null; activeFor: number; confirmation: number },
): AdvancedIssue {
  const { now, elapsedTime, activeFor } = input;
  if (verdict === 'unknown') {
    // Time counts also across an unknown verdict: two readings five minutes apart stay five minutes apart.
    const sighting =
      before === null
        ? null
        : { ...before, awake: before.awake + (elapsedTime?.awake ?? 0), active: before.active + activeFor };
    return { sighting, events: [], episode: null };
  }
  if (verdict === null || verdict === 'ignored') {
    if (before === null || before.openedAt === null) return { sighting: null, events: [], episode: null };
    const ignored = verdict === 'ignored';
    const summary = before.finding?.summary ?? issue;
    const ignoredSummary = `Ignored by the setting IgnoredIssues: ${summary}`;
    const openFor = Math.max(0, Math.round((now - before.openedAt) / 1000));
    return {
      sighting: null,
      events: [
        {
          at: now,
          kind: 'issue-resolved',
          issue,
          severity: 'info',
          summary: ignored ? ignoredSummary : `Resolved: ${summary}`,
          from: 'open',
          to: 'resolved',
          data: { openedAt: toIso(before.openedAt), openSeconds: openFor, ...(ignored ? { ignored } : {}) },
        },
      ],
      episode: {
        issue,
        openedAt: before.openedAt,
        resolvedAt: now,
        severity: before.finding?.severity ?? 'info',
        summary: ignored ? ignoredSummary : (before.finding?.summary ?? ''),
        evidence: before.finding?.evidence ?? {},
      },
    };
  }

  const seen: Sighting =
    before === null
      ? {
          firstAt: now,
          count: 1,
          awake: 0,
          active: 0,
          openedAt: null,
          key: null,
          finding: null,
          ...variantOf(verdict),
        }
      : {
          ...before,
          count: before.count + 1,
          awake: before.awake + (elapsedTime?.awake ?? 0),
          active: before.active + activeFor,
        };
  if (seen.openedAt === null) {
    const confirmed =
      seen.count >= 2 &&
      seen.awake >= (verdict.confirmAfter ?? input.confirmation) &&
      seen.active >= (verdict.confirmAfterActive ?? 0);
    if (!confirmed) return { sighting: seen, events: [], episode: null };
    const openedAt = Math.min(seen.firstAt, now);
    return {
      sighting: { ...seen, openedAt, key: verdict.key, finding: kept(verdict) },
      events: [opened(issue, now, verdict, openedAt)],
      episode: episodeOf(issue, openedAt, verdict),
    };
  }
  if (seen.key === verdict.key) return { sighting: seen, events: [], episode: null };
  return {
    sighting: { ...seen, key: verdict.key, finding: kept(verdict) },
    events: [
      {
        at: now,
        kind: 'issue-updated',
        issue,
        severity: verdict.severity,
        summary: verdict.summary,
        from: seen.key,
        to: verdict.key,
        data: { ...verdict.evidence },
      },
    ],
    episode: episodeOf(issue, seen.openedAt, verdict),
  };
}

function variantOf({ variant }: Finding): Pick<Sighting, 'variant'> {
  return variant === undefined ? {} : { variant };
}

function episodeOf(issue: string, openedAt: EpochMs, finding: Finding): IssueEpisode {
  return {
    issue,
    openedAt,
    resolvedAt: null,
    severity: finding.severity,
    summary: finding.summary,
    evidence: finding.evidence,
  };
}

/** The part of a finding that the memory keeps for the resolved episode. */
function kept(finding: Finding): NonNullable<Sighting['finding']> {
  return { severity: finding.severity, summary: finding.summary, evidence: { ...finding.evidence } };
}
