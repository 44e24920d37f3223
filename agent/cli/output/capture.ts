import * as z from 'zod/mini';

/** What `psso-monitor capture --redact --out FILE --json` prints. */
export const captureOutput = z.object({
  file: z.string().check(z.describe('The scenario that was written.')),
  lines: z.int(),
  replaced: z
    .object({ names: z.int(), domains: z.int(), ids: z.int(), keys: z.int() })
    .check(z.describe('How many different identities have a stand-in now.')),
  unrecognisedFields: z
    .int()
    .check(z.describe("Fields that this version doesn't know; their names and values were replaced.")),
  remarks: z
    .array(z.string())
    .check(z.describe("What the capture can't say, and how it differs from the Mac.")),
  openIssues: z
    .array(z.string())
    .check(z.describe('The capture was replayed once: the issues that are open at its end.')),
  openOnMac: z
    .nullable(z.array(z.string()))
    .check(z.describe('Those that are open on this Mac; null: the agent has no history here.')),
});
export type CaptureOutput = z.infer<typeof captureOutput>;
