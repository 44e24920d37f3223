// assess/: the one answer to "how is sign-in?", with preconditions, headline, since when, and how fresh.
// Pure: the agent and every reader call `assess`.

import type { EpochMs } from '../shared/time.ts';
import { type Freshness, freshnessOf, isCurrent, type LastPoll } from './freshness.ts';
import type { Headline } from './headline.ts';
import { notMet, type Precondition, type Preconditions, undecided } from './preconditions.ts';
import { type Episode, openByWeight, troubleSince } from './trouble.ts';

/** What is recorded of one user on one Mac. The same for every reader. */
export interface AssessedFacts {
  readonly headline: Headline;
  /** When the headline took its present value; null: unknown. */
  readonly headlineSince: EpochMs | null;
  readonly preconditions: Preconditions;
  readonly episodes: readonly Episode[];
  readonly lastPoll: LastPoll;
}

/** The one answer to "how is sign-in on this Mac?". */
export interface Assessment {
  /** `unknown` when the record is not current. */
  readonly headline: Headline;
  /** The headline at the end of a record that is not current; null: the record is current. */
  readonly was: Headline | null;
  readonly freshness: Freshness;
  /** The last poll; null: never, or unknown. */
  readonly knownUntil: EpochMs | null;
  /** When the present trouble, or the state, began; of a record that is not current, as last known. */
  readonly since: EpochMs | null;
  readonly preconditions: Preconditions;
  readonly notMet: readonly Precondition[];
  /** What decides, and is not known. */
  readonly undecided: readonly Precondition[];
  /** The open episodes, the one that matters most first. */
  readonly open: readonly Episode[];
}

/** Pure. `silentAfter`: milliseconds without a poll until a record is not current. */
export function assess(facts: AssessedFacts, now: EpochMs, silentAfter?: number): Assessment {
  const { headline, headlineSince, preconditions, episodes, lastPoll } = facts;
  const freshness = freshnessOf(lastPoll, now, silentAfter);
  const current = isCurrent(freshness);
  return {
    headline: current ? headline : 'unknown',
    was: current ? null : headline,
    freshness,
    knownUntil: lastPoll.at,
    since: (headline === 'needs-attention' ? troubleSince(episodes) : null) ?? headlineSince,
    preconditions,
    notMet: notMet(preconditions),
    undecided: headline === 'unknown' ? undecided(preconditions) : [],
    open: openByWeight(episodes),
  };
}
