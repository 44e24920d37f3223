import * as z from 'zod/mini';
import { syncRow } from '../../store/row-shapes.ts';

/** The output of `psso-monitor sync --json`: rows of `v_sync`, the oldest first. */
export const syncOutput = z.array(syncRow);
export type SyncOutput = z.infer<typeof syncOutput>;
