import * as z from 'zod/mini';
import { issueRow } from '../../store/row-shapes.ts';

/** What `psso-monitor issues --json` prints: rows of the view `v_issues`, the open ones first. */
export const issuesOutput = z.array(issueRow);
export type IssuesOutput = z.infer<typeof issuesOutput>;
