import * as z from 'zod/mini';

const origin = z
  .enum(['managed', 'user', 'default'])
  .check(z.describe("Set by MDM, set by the user's own file, or the default."));

const setting = z.object({
  key: z.string(),
  value: z.unknown().check(z.describe('The effective value; of a secret only "(set)".')),
  origin,
  default: z.unknown(),
  title: z.string(),
  userMaySet: z.boolean(),
});

const problems = z
  .array(z.object({ key: z.string(), origin, message: z.string() }))
  .check(z.describe('Invalid settings; they are ignored.'));

/** The output of `psso-monitor config --json`. */
export const configOutput = z.object({
  domain: z.string().check(z.describe('The preferences domain.')),
  settings: z.array(setting),
  problems,
});
export type ConfigOutput = z.infer<typeof configOutput>;

/** The output of `psso-monitor config KEY --json`: one setting and its problems. */
export const configKeyOutput = z.extend(setting, { problems });
export type ConfigKeyOutput = z.infer<typeof configKeyOutput>;

/** The output of `psso-monitor config --check FILE --json`. */
export const configCheckOutput = z.object({
  file: z.string(),
  payloads: z.int().check(z.describe('The number of PSSO Monitor payloads in the file.')),
  ssoPayloads: z.int().check(z.describe('The number of single sign-on payloads (com.apple.extensiblesso).')),
  problems: z.array(
    z.object({
      key: z.string(),
      message: z.string(),
      issue: z
        .nullable(z.string())
        .check(z.describe('The issue of the catalogue that the mistake leads to on a Mac; null: none.')),
    }),
  ),
});
export type ConfigCheckOutput = z.infer<typeof configCheckOutput>;
