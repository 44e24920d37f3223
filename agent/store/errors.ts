/**
 * What went wrong with the database:
 * - `busy`        another process holds it locked, longer than we wait
 * - `full`        no space left, or the quota is used up
 * - `io`          the disk did not read or write what it was asked to
 * - `readonly`    the file or its volume can't be written
 * - `cannot-open` something else than a database file is in the way, or its folder can't be used
 * - `denied`      the permissions forbid it
 * - `corrupt`     the file is damaged; opening the store anew sets it aside and starts a fresh one
 * - `schema`      its tables don't fit this version
 * - `missing`     there is no database yet
 * - `moved`       the file was deleted or replaced while it was open; open the store anew
 * - `closed`      used after `close`
 * - `failed`      anything else SQLite refused: a defect of ours
 */
export type StoreErrorCode =
  | 'busy'
  | 'full'
  | 'io'
  | 'readonly'
  | 'cannot-open'
  | 'denied'
  | 'corrupt'
  | 'schema'
  | 'missing'
  | 'moved'
  | 'closed'
  | 'failed';

/** Everything that can go wrong with the store, as one sentence that says what to do. `cause` is what SQLite said. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** SQLite's primary result codes; better-sqlite3 gives the extended ones, such as SQLITE_IOERR_WRITE. */
const sqliteCodes: readonly (readonly [prefix: string, code: StoreErrorCode])[] = [
  ['SQLITE_READONLY_DBMOVED', 'moved'],
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_LOCKED', 'busy'],
  ['SQLITE_PROTOCOL', 'busy'],
  ['SQLITE_FULL', 'full'],
  ['SQLITE_IOERR', 'io'],
  ['SQLITE_READONLY', 'readonly'],
  ['SQLITE_CANTOPEN', 'cannot-open'],
  ['SQLITE_PERM', 'denied'],
  ['SQLITE_AUTH', 'denied'],
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_NOTADB', 'corrupt'],
  ['SQLITE_SCHEMA', 'schema'],
];

const systemCodes: Readonly<Record<string, StoreErrorCode>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EIO: 'io',
  EROFS: 'readonly',
  EACCES: 'denied',
  EPERM: 'denied',
  ENOENT: 'cannot-open',
  ENOTDIR: 'cannot-open',
  EISDIR: 'cannot-open',
  EEXIST: 'cannot-open',
  ELOOP: 'cannot-open',
  ENAMETOOLONG: 'cannot-open',
  EMFILE: 'cannot-open',
  ENFILE: 'cannot-open',
};

function sentence(code: StoreErrorCode, path: string, said: string): string {
  switch (code) {
    case 'busy':
      return `Another program keeps the history at ${path} locked: quit what has it open; nothing recorded is lost.`;
    case 'full':
      return `There is no space left to write the history at ${path}: free some disk space; nothing recorded is lost.`;
    case 'io':
      return `The disk failed while the history at ${path} was read or written (${said}): check the disk, then try again.`;
    case 'readonly':
      return `The history at ${path} can't be written, because it or its volume is read-only: make it writable for this user.`;
    case 'cannot-open':
      return `The history at ${path} can't be opened (${said}): check that its folder exists and that nothing else has its name.`;
    case 'denied':
      return `The permissions forbid using the history at ${path}: \`psso-monitor doctor\` says whose it is, and what to do.`;
    case 'corrupt':
      return `The history at ${path} is damaged (${said}): the agent sets it aside at its next start and begins another. To start it anew: launchctl kickstart -k gui/$(id -u)/io.github.psso-monitor.agent`;
    case 'schema':
      return `The tables of the history at ${path} don't fit this version (${said}): update PSSO Monitor, or move the file away.`;
    case 'missing':
      return `There is no history yet at ${path}: the agent has not run for this user.`;
    case 'moved':
      return `The history at ${path} was deleted or replaced while it was open: start the agent anew.`;
    case 'closed':
      return `The history at ${path} is closed already; this is a defect of PSSO Monitor: please report it.`;
    case 'failed':
      return `The history at ${path} could not be used (${said}); this is a defect of PSSO Monitor: please report it.`;
  }
}

export function storeError(code: StoreErrorCode, path: string, cause?: unknown): StoreError {
  return new StoreError(code, sentence(code, path, cause instanceof Error ? cause.message : code), cause);
}

/** Any error met while the database at `path` was used, as a StoreError; one that is a StoreError already stays as it is. */
export function asStoreError(error: unknown, path: string): StoreError {
  return error instanceof StoreError ? error : storeError(codeOf(error), path, error);
}

function codeOf(error: unknown): StoreErrorCode {
  if (!(error instanceof Error)) return 'failed';
  if (error instanceof TypeError && error.message === 'The database connection is not open') return 'closed';
  if (!('code' in error) || typeof error.code !== 'string') return 'failed';
  const { code } = error;
  // SQLite has no code of its own for a table or column that is not there.
  if (code === 'SQLITE_ERROR' && /no such (table|column)|has no column/.test(error.message)) return 'schema';
  return sqliteCodes.find(([prefix]) => code.startsWith(prefix))?.[1] ?? systemCodes[code] ?? 'failed';
}
