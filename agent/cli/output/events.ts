import type * as z from 'zod/mini';
import { eventRow } from '../../store/row-shapes.ts';

/** One line of what `psso-monitor events --json` prints: a row of the view `v_events`. */
export const eventsOutput = eventRow;
export type EventsOutput = z.infer<typeof eventsOutput>;
