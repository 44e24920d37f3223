import { type Assessment, assess } from '../assess/assess.ts';
import type { LastPoll } from '../assess/freshness.ts';
import { headlineFrom } from '../assess/headline.ts';
import { preconditionsIn } from '../assess/preconditions.ts';
import type { Episode } from '../assess/trouble.ts';
import { breaksSignIn, isAlsoNoticed } from '../issues/issues.ts';
import { noOrganisation, type Organisation } from '../issues/organisation.ts';
import { localTime } from '../shared/local-time.ts';
import { type EpochMs, fromIso, toIso } from '../shared/time.ts';
import { stateByKey } from '../store/state-keys.ts';
import type { IssueRow } from '../store/store.ts';
import { type History, instantOf } from './history.ts';

/** The assessment of a history, from its public views. */
export function assessmentOf(
  { state, issues }: Pick<History, 'state' | 'issues'>,
  lastPoll: LastPoll,
  now: EpochMs,
  organisation: Organisation = noOrganisation,
): Assessment {
  const byKey = stateByKey(state);
  const headline = byKey.get('headline');
  return assess(
    {
      headline: headlineFrom(headline?.value),
      headlineSince: instantOf(headline?.since),
      preconditions: preconditionsIn((key) => byKey.get(key)?.value),
      episodes: issues.flatMap((row) => episodeOf(row, organisation)),
      lastPoll,
    },
    now,
  );
}

function episodeOf(
  { issue, severity, status, opened_at, resolved_at }: IssueRow,
  organisation: Organisation,
): Episode[] {
  const openedAt = instantOf(opened_at);
  if (openedAt === null) return [];
  const resolvedAt = status === 'open' ? null : (instantOf(resolved_at) ?? openedAt);
  return [
    {
      issue,
      severity,
      openedAt,
      resolvedAt,
      breaksSignIn: breaksSignIn(issue, organisation),
      alsoNoticed: isAlsoNoticed(issue, organisation),
    },
  ];
}

/** The end of the known history: now while it is live, or else the last poll. */
export function knownUntil({ freshness, knownUntil: until }: Assessment, now: EpochMs): EpochMs {
  return freshness === 'live' ? now : (until ?? now);
}

/** Seconds for which an issue was open, as far as the history reaches. */
export function openSeconds({ status, opened_at, open_seconds }: IssueRow, until: EpochMs): number {
  const recorded = Number(open_seconds);
  if (status !== 'open') return recorded;
  return Math.max(0, Math.min(recorded, Math.floor((until - fromIso(opened_at)) / 1000)));
}

/** A sentence about the end of the history; null: it is live. */
export function endOfHistory({ freshness, knownUntil: until }: Assessment): string | null {
  return freshness === 'live' || until === null
    ? null
    : `The history ends at ${localTime(toIso(until))}; the state since then is unknown.`;
}
