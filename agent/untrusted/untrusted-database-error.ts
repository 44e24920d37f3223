/**
 * Why an untrusted database was not read:
 * - `notSqlite`      not an SQLite file
 * - `damaged`        invalid pages or cells
 * - `foreignSchema`  not a database of PSSO Monitor, or one with other tables
 * - `tooLarge`       larger than the limits
 * - `io`             it could not be read
 */
export const untrustedDatabaseReasons = ['notSqlite', 'damaged', 'foreignSchema', 'tooLarge', 'io'] as const;
export type UntrustedDatabaseReason = (typeof untrustedDatabaseReasons)[number];

const sentences: Readonly<Record<UntrustedDatabaseReason, string>> = {
  notSqlite: 'it is not an SQLite database',
  damaged: 'it is damaged',
  foreignSchema: 'it is not a database of PSSO Monitor',
  tooLarge: 'it is too large',
  io: 'it could not be read',
};

/**
 * The message follows "skipped:", as in "it is damaged (row 3 missing from index x)". `detail` may contain
 * text of the file, so it is cut to one short line of plain characters.
 */
export class UntrustedDatabaseError extends Error {
  override readonly name = 'UntrustedDatabaseError';
  readonly reason: UntrustedDatabaseReason;
  readonly detail: string;

  constructor(reason: UntrustedDatabaseReason, detail = '', cause?: unknown) {
    const plain = detail.replace(/[^\x20-\x7e]+/g, ' ').slice(0, 200);
    super(`${sentences[reason]}${plain === '' ? '' : ` (${plain})`}`, { cause });
    this.reason = reason;
    this.detail = plain;
  }
}

const sqliteReasons: readonly (readonly [prefix: string, reason: UntrustedDatabaseReason])[] = [
  ['SQLITE_NOTADB', 'notSqlite'],
  ['SQLITE_CORRUPT', 'damaged'],
  // Two rows with one key.
  ['SQLITE_CONSTRAINT', 'damaged'],
  ['SQLITE_IOERR', 'io'],
  ['SQLITE_CANTOPEN', 'io'],
  ['SQLITE_PERM', 'io'],
  ['SQLITE_BUSY', 'io'],
  ['SQLITE_NOMEM', 'tooLarge'],
  ['SQLITE_TOOBIG', 'tooLarge'],
];

/** Any error from reading an untrusted database. */
export function asUntrustedDatabaseError(error: unknown): UntrustedDatabaseError {
  if (error instanceof UntrustedDatabaseError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = sqliteReasons.find(([prefix]) => code.startsWith(prefix))?.[1];
  // Any other error of SQLite comes from the file's own schema.
  const reason = known ?? (code.startsWith('SQLITE_') ? 'foreignSchema' : 'io');
  return new UntrustedDatabaseError(reason, error instanceof Error ? error.message : String(error), error);
}
