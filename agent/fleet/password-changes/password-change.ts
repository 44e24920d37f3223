import type { EpochMs } from '../../shared/time.ts';

/** An entry of an export: one changed password of one user. */
export interface PasswordChange {
  /** Where it is in the file: the line of a CSV, or the number of the entry in a JSON list. */
  readonly entry: number;
  readonly at: EpochMs;
  /** The user, as the file has it. Empty: the entry names none. Never printed. */
  readonly user: string;
}

/** What was read of an export, before repeated entries are joined. */
export interface ReadExport {
  readonly format: 'entra-csv' | 'entra-json' | 'csv';
  readonly entries: number;
  /** Activities without success, and activities that set no password: left out. */
  readonly failed: number;
  readonly otherActivities: number;
  readonly changes: readonly PasswordChange[];
}
