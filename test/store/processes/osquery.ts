// Reads a database as osquery's automatic table construction does, decision by decision (osquery:
// plugins/config/parsers/auto_constructed_tables.cpp, osquery/sql/sqlite_util.cpp). Arguments: the database,
// a query.
import { constants, DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';

const [path = '', query = ''] = process.argv.slice(2);
const allowedPragmas = [
  'table_info',
  'table_xinfo',
  'function_list',
  'journal_mode',
  'case_sensitive_like',
  'collation_list',
];

/** Read-only, without a busy timeout; its authorizer denies ATTACH and nearly every pragma. */
function open(parameters: Record<string, string>): DatabaseSync {
  const url = pathToFileURL(path);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  const db = new DatabaseSync(url, { readOnly: true, timeout: 0 });
  db.setAuthorizer((action, first) => {
    if (action === constants.SQLITE_ATTACH) return constants.SQLITE_DENY;
    const pragma = action === constants.SQLITE_PRAGMA;
    return pragma && !allowedPragmas.includes(first ?? '') ? constants.SQLITE_DENY : constants.SQLITE_OK;
  });
  return db;
}

function probe(): string {
  try {
    return String(open({}).prepare('PRAGMA journal_mode').get()?.journal_mode);
  } catch {
    return 'failed';
  }
}

const journalMode = probe();
const vfs: Record<string, string> = journalMode === 'wal' ? {} : { vfs: 'unix-none' };
let immutable = false;
let rows: Record<string, unknown>[];
try {
  rows = open(vfs).prepare(query).all();
} catch {
  immutable = true;
  rows = open({ ...vfs, immutable: '1' })
    .prepare(query)
    .all();
}
/** NULLs are dropped from a row, and everything else is text. */
const texts = rows.map((row) =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([, value]) => value !== null)
      .map(([column, value]) => [column, String(value)]),
  ),
);
console.log(JSON.stringify({ journalMode, immutable, rows: texts }));
