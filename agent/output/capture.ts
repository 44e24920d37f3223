import * as z from 'zod/mini';

/** What `psso-monitor capture --redact --out FILE --json` prints. */
export const captureOutput = z.object({
  file: z.string(),
  lines: z.int(),
  /** How many different identities have a stand-in now. */
  replaced: z.object({ names: z.int(), domains: z.int(), ids: z.int(), keys: z.int() }),
  /** Fields that this version doesn't know; their names and values were replaced. */
  unrecognisedFields: z.int(),
  /** What the capture can't say, and how it differs from the Mac. */
  remarks: z.array(z.string()),
  /** The capture was told once: the issues that are open at its end. */
  openIssues: z.array(z.string()),
  /** Those that are open on this Mac; null: the agent has no history here. */
  openOnMac: z.nullable(z.array(z.string())),
});
export type CaptureOutput = z.infer<typeof captureOutput>;
