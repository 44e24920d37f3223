import type { FleetSummary } from './fleet-output.ts';

/** The sentence for a fleet without a refreshed password window. */
export function noRefreshedWindows({ outcomes }: Pick<FleetSummary['sync'], 'outcomes'>): string {
  const open = outcomes.find(({ outcome }) => outcome === 'open')?.cycles ?? 0;
  if (open === 0) return 'No password window has been refreshed yet.';
  return open === 1
    ? 'One password window is open; none has been refreshed yet.'
    : `${open} password windows are open; none has been refreshed yet.`;
}

/** The sentence for a fleet in which no refresh ended with another password. */
export const noChangedPassword = 'No password changed in a token cycle with a lag.';
