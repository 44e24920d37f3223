import { type EpochMs, minute } from '../shared/time.ts';

/** One episode of an issue. */
export interface Episode {
  readonly issue: string;
  readonly severity: string;
  readonly openedAt: EpochMs;
  /** Null: open. */
  readonly resolvedAt: EpochMs | null;
  /** Sign-in fails, or may fail, while the issue is open. */
  readonly breaksSignIn: boolean;
  /** Sign-in works, and only the admin can act on it: it does not decide the headline. */
  readonly alsoNoticed: boolean;
}

/**
 * An issue that opens this soon after another one ended is the same trouble: the next poll found it. An
 * episode begins with its first sighting, which is before its confirmation.
 */
const nextPoll = 15 * minute;

const severest = ['high', 'medium', 'low', 'info'];

function weight({ breaksSignIn, severity }: Episode): number {
  return (breaksSignIn ? 0 : severest.length) + severest.indexOf(severity);
}

/** The open episodes, the one that matters most first: it breaks sign-in, it is severe, it is old. */
export function openByWeight<E extends Episode>(episodes: readonly E[]): E[] {
  return episodes
    .filter(({ resolvedAt }) => resolvedAt === null)
    .sort((one, other) => weight(one) - weight(other) || one.openedAt - other.openedAt);
}

/**
 * When the present trouble began, as far as is known: the begin of the unbroken chain of episodes that break
 * sign-in. Without one, the opening of the issue that matters most. Null: no issue is open.
 */
export function troubleSince(episodes: readonly Episode[]): EpochMs | null {
  const [worst] = openByWeight(episodes);
  if (worst === undefined) return null;
  if (!worst.breaksSignIn) return worst.openedAt;
  // From the newest end to the oldest: an episode only ever joins the chain after it.
  const ends = ({ resolvedAt }: Episode) => resolvedAt ?? Number.POSITIVE_INFINITY;
  let began = worst.openedAt;
  for (const episode of episodes.filter(({ breaksSignIn }) => breaksSignIn).sort((a, b) => ends(b) - ends(a)))
    if (ends(episode) + nextPoll >= began) began = Math.min(began, episode.openedAt);
  return began;
}

/** The present trouble, or the last one. The agent keeps it, so that it needs no ended episodes. */
export interface Trouble {
  readonly since: EpochMs;
  /** Null: it lasts. */
  readonly endedAt: EpochMs | null;
}

/** The trouble after a poll: the same answer as `troubleSince` from all episodes. */
export function continuedTrouble(
  before: Trouble | undefined,
  open: readonly Episode[],
  now: EpochMs,
): Trouble | undefined {
  const breaking = open.filter(({ breaksSignIn }) => breaksSignIn).map(({ openedAt }) => openedAt);
  if (breaking.length === 0)
    return before === undefined ? undefined : { ...before, endedAt: before.endedAt ?? now };
  const began = Math.min(...breaking);
  const isSame = before !== undefined && (before.endedAt === null || before.endedAt + nextPoll >= began);
  return { since: isSame ? Math.min(before.since, began) : began, endedAt: null };
}
