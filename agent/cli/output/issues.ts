import * as z from 'zod/mini';
import { freshnessWords } from '../../assess/freshness.ts';
import { issueRow } from '../../store/row-shapes.ts';

/**
 * The output of `psso-monitor issues --json`: rows of `v_issues`, open ones first. An issue is open until the
 * end of the history.
 */
export const issuesOutput = z.array(
  z.extend(issueRow, {
    freshness: z
      .enum(freshnessWords)
      .check(z.describe('Whether the history is current: live, late, silent or ended.')),
  }),
);
export type IssuesOutput = z.infer<typeof issuesOutput>;
