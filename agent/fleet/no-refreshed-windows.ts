import type { FleetSummary } from './fleet-output.ts';

/** Where no password window has an end yet. */
export function noRefreshedWindows({ outcomes }: Pick<FleetSummary['sync'], 'outcomes'>): string {
  const open = outcomes.find(({ outcome }) => outcome === 'open')?.cycles ?? 0;
  if (open === 0) return 'No password window was waited for.';
  return open === 1
    ? 'One password window is open; none has been confirmed yet.'
    : `${open} password windows are open; none has been confirmed yet.`;
}
