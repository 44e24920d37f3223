import type { FleetSummary } from './fleet-output.ts';

/** On how many Macs sign-in works, of those that report. Without a full stop. */
export function worksText({ headlines, reporting }: Pick<FleetSummary, 'headlines' | 'reporting'>): string {
  const works = headlines.find(({ headline }) => headline === 'ok')?.macs ?? 0;
  return `Platform SSO works on ${works} of ${reporting} ${reporting === 1 ? 'Mac' : 'Macs'} that ${reporting === 1 ? 'reports' : 'report'}`;
}
