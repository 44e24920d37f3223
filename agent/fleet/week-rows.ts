import type { FleetWeek } from './fleet-output.ts';

export const weekHeads = [
  'Week from',
  'Report',
  'Without an issue',
  'With an issue',
  'Silent',
  'Opened',
  'Closed',
  'Sync lag, median',
  'Breaks by macOS',
] as const;

/** A week as cells, for the terminal and for the page. `text`: a duration in seconds as text. */
export function weekRow(of: FleetWeek, text: (seconds: number) => string): string[] {
  const lag = of.passwordLagSeconds;
  const counts = [of.reporting, of.well, of.broken, of.silent, of.issuesOpened, of.issuesClosed];
  return [
    of.week,
    ...counts.map(String),
    lag === null ? '–' : `${text(lag.p50)} (n = ${lag.n})`,
    of.breaksByMacos
      .slice(0, 3)
      .map(({ version, breaks }) => `${version}: ${breaks}`)
      .join(', ') || '–',
  ];
}
