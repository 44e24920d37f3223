import type * as z from 'zod/mini';
import { eventRow } from '../../store/row-shapes.ts';

/** One line of the output of `psso-monitor events --json`: a row of `v_events`. */
export const eventsOutput = eventRow;
export type EventsOutput = z.infer<typeof eventsOutput>;
