import * as z from 'zod/mini';

/**
 * The output of `psso-monitor advice --as dialog`: options for the `--jsonfile` of swiftDialog. `message` is
 * Markdown and holds only texts of the agent.
 */
export const adviceOutput = z.object({
  title: z.string(),
  message: z.string(),
  icon: z.string(),
  button1text: z.string(),
  /** Present when there is a problem: makes a report for the helpdesk. */
  button2text: z.optional(z.string()),
});
export type AdviceOutput = z.infer<typeof adviceOutput>;
