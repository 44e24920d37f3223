import { minute } from '../shared/time.ts';

/**
 * Active time that macOS gets to renew tokens at the first unlock, for example after two weeks of absence.
 */
export const tokenRenewal = 5 * minute;
