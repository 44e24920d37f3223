import * as z from 'zod/mini';

const origin = z
  .enum(['managed', 'user', 'default'])
  .check(z.describe("By MDM, by the user's own file, or as delivered."));

const setting = z.object({
  key: z.string(),
  value: z.unknown().check(z.describe('The value in force; a secret is only said to be set.')),
  origin,
  default: z.unknown(),
  title: z.string(),
  userMaySet: z.boolean(),
});

const problems = z
  .array(z.object({ key: z.string(), origin, message: z.string() }))
  .check(z.describe('What is wrong; a wrong setting is not taken.'));

/** What `psso-monitor config --json` prints. */
export const configOutput = z.object({
  domain: z.string().check(z.describe('The preferences domain.')),
  settings: z.array(setting),
  problems,
});
export type ConfigOutput = z.infer<typeof configOutput>;

/** What `psso-monitor config KEY --json` prints: one setting, and what is wrong with it. */
export const configKeyOutput = z.extend(setting, { problems });
export type ConfigKeyOutput = z.infer<typeof configKeyOutput>;

/** What `psso-monitor config --check FILE --json` prints. */
export const configCheckOutput = z.object({
  file: z.string(),
  payloads: z.int().check(z.describe('How many payloads of ours the file holds.')),
  problems: z.array(z.object({ key: z.string(), message: z.string() })),
});
export type ConfigCheckOutput = z.infer<typeof configCheckOutput>;
