import * as z from 'zod/mini';
import { eventRow, issueRow, stateRow, syncRow } from '../store/row-shapes.ts';

const user = z.optional(z.string().check(z.describe('The user of the row: with --all-users only.')));

/** A line of `psso-monitor export --format ndjson`: a row of a public view, with the view's name. */
export const exportOutput = z.discriminatedUnion('view', [
  z.extend(eventRow, { view: z.literal('events'), user }),
  z.extend(issueRow, { view: z.literal('issues'), user }),
  z.extend(syncRow, { view: z.literal('sync'), user }),
  z.extend(stateRow, { view: z.literal('state'), user }),
]);
export type ExportOutput = z.infer<typeof exportOutput>;
