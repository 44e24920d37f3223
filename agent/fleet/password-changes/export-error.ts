import { ProblemError } from '../../shared/errors.ts';
import { sanitiseLine } from '../../shared/safe-text.ts';

/** More changes than a fleet of 100,000 users makes in a year. */
export const mostChanges = 500_000;

/** The content of an export that can't be used: which file, where, what is wrong, what to do. */
export function exportError(name: string, where: string, what: string, cause?: unknown): ProblemError {
  const place = where === '' ? '' : `, ${where}`;
  return new ProblemError(`${sanitiseLine(name, 200)}${place}: ${what}`, { cause });
}

/** A value of the file in an error: short, on one line. */
export function quoted(value: string): string {
  return `"${sanitiseLine(value, 60)}"`;
}
