import * as z from 'zod/mini';

/**
 * What `psso-monitor advice --as dialog` prints: options of swiftDialog, as its `--jsonfile` takes them. `message` is Markdown, of the
 * agent's own words only.
 */
export const adviceOutput = z.object({
  title: z.string(),
  message: z.string(),
  icon: z.string(),
  button1text: z.string(),
  /** Only where something is wrong: to put a report for the helpdesk together. */
  button2text: z.optional(z.string()),
});
export type AdviceOutput = z.infer<typeof adviceOutput>;
