import * as z from 'zod/mini';

/** What `agent.json` says of the agent's own use. No more than once an hour, so `measuredAt` may be as old as that. */
export const ownUseRecord = z.object({
  measuredAt: z.iso.datetime(),
  rssBytes: z.number(),
  heapBytes: z.number(),
  cpuSecondsPerHour: z.nullable(z.number()),
  rowsPerHour: z.nullable(z.number()),
  rowsWritten: z.number(),
  lastLookMilliseconds: z.number(),
  /** Which limits it is over, one phrase each; empty: none. */
  over: z.array(z.string()),
});
export type OwnUseRecord = z.infer<typeof ownUseRecord>;

/** The last time that the agent restarted itself, and why. Handed on from run to run. */
export const selfRestartRecord = z.object({ at: z.iso.datetime(), because: z.string() });
export type SelfRestartRecord = z.infer<typeof selfRestartRecord>;
