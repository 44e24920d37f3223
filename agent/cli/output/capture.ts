import * as z from 'zod/mini';

/** The output of `psso-monitor capture --redact --out FILE --json`. */
export const captureOutput = z.object({
  file: z.string().check(z.describe('The scenario that was written.')),
  lines: z.int(),
  replaced: z
    .object({ names: z.int(), domains: z.int(), ids: z.int(), keys: z.int() })
    .check(z.describe('The number of different identities that have a stand-in.')),
  unrecognisedFields: z
    .int()
    .check(z.describe('Fields that this version does not know; their names and values were replaced.')),
  remarks: z.array(z.string()).check(z.describe('What the capture lacks, and how it differs from the Mac.')),
  openIssues: z
    .array(z.string())
    .check(z.describe('The issues that are open at the end of a replay of the capture.')),
  openOnMac: z
    .nullable(z.array(z.string()))
    .check(z.describe('The issues that are open on this Mac; null: the agent has no history here.')),
});
export type CaptureOutput = z.infer<typeof captureOutput>;
