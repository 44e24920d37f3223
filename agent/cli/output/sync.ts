import * as z from 'zod/mini';
import { syncRow } from '../../store/row-shapes.ts';

/** What `psso-monitor sync --json` prints: rows of the view `v_sync`, the oldest first. */
export const syncOutput = z.array(syncRow);
export type SyncOutput = z.infer<typeof syncOutput>;
