import type { ReportTexts } from '../../texts/report-texts.ts';

/** A text of the database that this version does not know stays unchanged. */
export function severityText(severity: string, severities: ReportTexts['severities']): string {
  return Object.entries(severities).find(([name]) => name === severity)?.[1] ?? severity;
}
