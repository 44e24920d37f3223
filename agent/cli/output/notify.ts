import * as z from 'zod/mini';
import { channelNames } from '../../shared/channel-names.ts';

/** The output of `psso-monitor notify --test --json`. */
export const notifyOutput = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true).check(z.describe('The channel took it. Whether the user saw it is unknown.')),
    channel: z.enum(channelNames),
  }),
  z.object({
    ok: z.literal(false),
    channel: z.nullable(z.enum(channelNames)).check(z.describe('The last channel that was tried.')),
    reason: z.string(),
  }),
]);
export type NotifyOutput = z.infer<typeof notifyOutput>;
