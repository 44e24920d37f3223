import { minute } from '../shared/time.ts';

/**
 * Active time that macOS gets to refresh tokens at the first unlock, for example after two weeks of absence.
 */
export const refreshAllowance = 5 * minute;
