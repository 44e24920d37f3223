import * as z from 'zod/mini';
import { issueRow } from '../../store/row-shapes.ts';

/** The output of `psso-monitor issues --json`: rows of `v_issues`, open ones first. */
export const issuesOutput = z.array(issueRow);
export type IssuesOutput = z.infer<typeof issuesOutput>;
