/**
 * Why the database can't be used:
 * - `busy`        another process keeps it locked for longer than the timeout
 * - `full`        no space left, or the quota is used up
 * - `io`          the disk failed to read or write
 * - `memory`      the Mac has no memory left for it
 * - `readonly`    the file or its volume can't be written
 * - `cannot-open` the path is not a database file, or its folder can't be used
 * - `denied`      the permissions forbid it
 * - `corrupt`     the file is damaged; the next open quarantines it and begins a new one
 * - `schema`      its tables don't fit this version
 * - `missing`     there is no database yet
 * - `moved`       the file was deleted or replaced while it was open; open the store again
 * - `closed`      used after `close`
 * - `failed`      any other error of SQLite: a defect of PSSO Monitor
 */
export type StoreErrorCode =
  | 'busy'
  | 'full'
  | 'io'
  | 'memory'
  | 'readonly'
  | 'cannot-open'
  | 'denied'
  | 'corrupt'
  | 'schema'
  | 'missing'
  | 'moved'
  | 'closed'
  | 'failed';

/** Any error of the store, as one sentence that says what to do. `cause` is the error of SQLite or Node. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** The disk, the permissions or another program prevent it at present. A later attempt may succeed. */
export function mayPass({ code }: StoreError): boolean {
  return ['busy', 'full', 'io', 'memory', 'readonly', 'cannot-open', 'denied'].includes(code);
}

/** SQLite's primary result codes; better-sqlite3 gives the extended ones, such as SQLITE_IOERR_WRITE. */
const sqliteCodes: readonly (readonly [prefix: string, code: StoreErrorCode])[] = [
  ['SQLITE_READONLY_DBMOVED', 'moved'],
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_LOCKED', 'busy'],
  ['SQLITE_PROTOCOL', 'busy'],
  ['SQLITE_FULL', 'full'],
  ['SQLITE_IOERR_NOMEM', 'memory'],
  ['SQLITE_NOMEM', 'memory'],
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
  ENXIO: 'io',
  ENOMEM: 'memory',
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

const defect = 'this is a defect of PSSO Monitor: please report it.';

function sentence(code: StoreErrorCode, path: string, reason: string): string {
  const history = `history at ${path}`;
  switch (code) {
    case 'busy':
      return `Another program locks the ${history}: quit that program; nothing recorded is lost.`;
    case 'full':
      return `No space is left to write the ${history}: free disk space; nothing recorded is lost.`;
    case 'io':
      return `The disk failed to read or write the ${history} (${reason}): check the disk, then try again.`;
    case 'memory':
      return `The Mac has no memory left to use the ${history}: quit programs that use much of it.`;
    case 'readonly':
      return `The ${history} or its volume is read-only: make it writable for this user.`;
    case 'cannot-open':
      return `The ${history} can't be opened (${reason}): check its folder, and what has its name.`;
    case 'denied':
      return `The permissions forbid using the ${history}: \`psso-monitor doctor\` says what to do.`;
    case 'corrupt':
      return [
        `The ${history} is damaged (${reason}):`,
        'at its next start, the agent quarantines it and begins a new one.',
        'To restart the agent now: launchctl kickstart -k gui/$(id -u)/io.github.psso-monitor.agent',
      ].join(' ');
    case 'schema':
      return `The ${history} does not fit this version (${reason}): update PSSO Monitor, or move the file away.`;
    case 'missing':
      return `There is no history yet at ${path}: the agent has not run for this user.`;
    case 'moved':
      return `The ${history} was deleted or replaced while it was open: restart the agent.`;
    case 'closed':
      return `The ${history} is already closed; ${defect}`;
    case 'failed':
      return `The ${history} could not be used (${reason}); ${defect}`;
  }
}

export function storeError(code: StoreErrorCode, path: string, cause?: unknown): StoreError {
  return new StoreError(code, sentence(code, path, cause instanceof Error ? cause.message : code), cause);
}

/** An error from the use of the database at `path`, as a StoreError; a StoreError is returned unchanged. */
export function asStoreError(error: unknown, path: string): StoreError {
  return error instanceof StoreError ? error : storeError(codeOf(error), path, error);
}

function codeOf(error: unknown): StoreErrorCode {
  if (!(error instanceof Error)) return 'failed';
  if (error instanceof TypeError && error.message === 'The database connection is not open') return 'closed';
  if (!('code' in error) || typeof error.code !== 'string') return 'failed';
  const { code } = error;
  // SQLite has no separate code for a missing table or column.
  if (code === 'SQLITE_ERROR' && /no such (table|column)|has no column/.test(error.message)) return 'schema';
  return sqliteCodes.find(([prefix]) => code.startsWith(prefix))?.[1] ?? systemCodes[code] ?? 'failed';
}
