import * as z from 'zod/mini';

/** What `psso-monitor config --json` prints. */
export const configOutput = z.object({
  domain: z.string(),
  settings: z.array(
    z.object({
      key: z.string(),
      value: z.unknown(),
      origin: z.enum(['managed', 'user', 'default']),
      default: z.unknown(),
      title: z.string(),
      userMaySet: z.boolean(),
    }),
  ),
  problems: z.array(
    z.object({ key: z.string(), origin: z.enum(['managed', 'user', 'default']), message: z.string() }),
  ),
});
export type ConfigOutput = z.infer<typeof configOutput>;

/** What `psso-monitor config --check FILE --json` prints. */
export const configCheckOutput = z.object({
  file: z.string(),
  payloads: z.int(),
  problems: z.array(z.object({ key: z.string(), message: z.string() })),
});
export type ConfigCheckOutput = z.infer<typeof configCheckOutput>;
