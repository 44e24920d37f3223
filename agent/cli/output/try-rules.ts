import * as z from 'zod/mini';

/** One line of the output of `psso-monitor catalogue --try RULES --scenario FILE --json`. */
export const tryRulesOutput = z.object({
  at: z.string().check(z.describe('ISO 8601, UTC, on the virtual clock.')),
  rule: z.string().check(z.describe('The id of the issue.')),
  says: z
    .enum(['holds', 'does not hold', 'unknown', 'opens', 'closes'])
    .check(z.describe('What the condition says from now on, or what happens to the issue.')),
  values: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .check(z.describe('The fields that the condition names, as far as they are known.')),
  unknown: z.array(z.string()).check(z.describe('Why the condition is unknown.')),
});
export type TryRulesOutput = z.infer<typeof tryRulesOutput>;
