import * as z from 'zod/mini';
import { channelNames } from '../../shared/channel-names.ts';

/** What `psso-monitor notify --test --json` prints. */
export const notifyOutput = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true).check(z.describe("It was handed over. Whether it was seen can't be known.")),
    channel: z.enum(channelNames),
  }),
  z.object({
    ok: z.literal(false),
    channel: z.nullable(z.enum(channelNames)).check(z.describe('The last one that was tried.')),
    reason: z.string(),
  }),
]);
export type NotifyOutput = z.infer<typeof notifyOutput>;
