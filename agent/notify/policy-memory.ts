import * as z from 'zod/mini';
import type { EpochMs } from '../shared/time.ts';

/** What the notification policy must know of earlier polls. The policy itself is loaded when it is needed. */

export const suppressionReasons = ['focus', 'quietHours', 'cadence', 'silenced', 'disabled'] as const;
export type SuppressionReason = (typeof suppressionReasons)[number];

const suppressedShape = () => z.array(z.enum(suppressionReasons));

const episodeShape = () =>
  z.object({
    openedAt: z.number(),
    tellings: z.number(),
    lastAt: z.nullable(z.number()),
    /** Why the next notification was suppressed, so that each reason is recorded once. */
    suppressed: suppressedShape(),
    /** The last notification of it was no solved notification. */
    heardOf: z.boolean(),
    resolvedAt: z.nullable(z.number()),
  });
export type NotifiedEpisode = z.infer<ReturnType<typeof episodeShape>>;

export const policyMemoryShape = () =>
  z.object({
    episodes: z.record(z.string(), episodeShape()),
    /** Resolved episodes whose solved notification is not shown yet. */
    solved: z.array(
      z.object({
        issue: z.string(),
        openedAt: z.number(),
        resolvedAt: z.number(),
        suppressed: suppressedShape(),
      }),
    ),
    /** Notifications of open issues on each local day, the latest day last. */
    days: z.array(z.object({ day: z.string(), told: z.number() })),
    lastNoticeAt: z.nullable(z.number()),
    /**
     * The last notification of each thread, until all is well. Missing in a memory of an older version.
     */
    threads: z.optional(z.record(z.string(), z.object({ issue: z.string(), at: z.number() }))),
  });
export type Threads = NonNullable<PolicyMemory['threads']>;
export type PolicyMemory = z.infer<ReturnType<typeof policyMemoryShape>>;

export function emptyPolicyMemory(): PolicyMemory {
  return { episodes: {}, solved: [], days: [], lastNoticeAt: null };
}

/** Whether a notification of a still open issue was shown after `since`. */
export function notifiedSince({ episodes }: PolicyMemory, since: EpochMs, now: EpochMs): boolean {
  return Object.values(episodes).some(
    ({ lastAt, resolvedAt }) => resolvedAt === null && lastAt !== null && lastAt > since && lastAt <= now,
  );
}

/**
 * Marks a notification that no channel took: its episode gets no solved notification. It still counts in the
 * cadence.
 */
export function markUndelivered(memory: PolicyMemory, issue: string): PolicyMemory {
  const episode = memory.episodes[issue];
  if (episode === undefined) return memory;
  return { ...memory, episodes: { ...memory.episodes, [issue]: { ...episode, heardOf: false } } };
}
