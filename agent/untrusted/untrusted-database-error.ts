/**
 * Why a database that somebody else may have made was not read:
 * - `notSqlite`      it is no SQLite file
 * - `damaged`        pages or cells of it are not what they should be
 * - `foreignSchema`  it is not a history of PSSO Monitor, or pretends to be one
 * - `tooLarge`       larger than any history
 * - `io`             it could not be read
 */
export const untrustedDatabaseReasons = ['notSqlite', 'damaged', 'foreignSchema', 'tooLarge', 'io'] as const;
export type UntrustedDatabaseReason = (typeof untrustedDatabaseReasons)[number];

const sentences: Readonly<Record<UntrustedDatabaseReason, string>> = {
  notSqlite: 'it is no SQLite database',
  damaged: 'it is damaged',
  foreignSchema: 'it is no history of PSSO Monitor',
  tooLarge: 'it is larger than any history',
  io: 'it could not be read',
};

/**
 * The message goes on after "skipped:", as in "it is damaged (row 3 missing from index x)". What it says may be worded by
 * the file itself, so of `detail` only one short line of plain characters is kept. `cause` is the error below it.
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
  // Two rows with one key, which a history can't have.
  ['SQLITE_CONSTRAINT', 'damaged'],
  ['SQLITE_IOERR', 'io'],
  ['SQLITE_CANTOPEN', 'io'],
  ['SQLITE_PERM', 'io'],
  ['SQLITE_BUSY', 'io'],
  ['SQLITE_NOMEM', 'tooLarge'],
  ['SQLITE_TOOBIG', 'tooLarge'],
];

/** Any error that was met while such a database was read. */
export function asUntrustedDatabaseError(error: unknown): UntrustedDatabaseError {
  if (error instanceof UntrustedDatabaseError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = sqliteReasons.find(([prefix]) => code.startsWith(prefix))?.[1];
  // What else SQLite refuses is what the file makes it do.
  const reason = known ?? (code.startsWith('SQLITE_') ? 'foreignSchema' : 'io');
  return new UntrustedDatabaseError(reason, error instanceof Error ? error.message : String(error), error);
}
