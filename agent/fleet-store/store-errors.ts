import { ProblemError } from '../shared/errors.ts';

/** What to do with a store whose ledger is lost or damaged. */
const restore =
  'Nothing was changed. Restore the store from a backup, or name a new folder: ' +
  'that gets what the databases still hold.';

/** Only the ledger tells which events the files hold. */
export function lostLedger(store: string): ProblemError {
  return new ProblemError(`the store ${store} has files, but its ledger.db is missing or empty. ${restore}`);
}

/** The record of a history, of the ledger's own, can't be read. */
export function damagedRecord(cause: unknown): ProblemError {
  const why = cause instanceof SyntaxError ? 'it is no JSON' : 'it is not complete';
  return new ProblemError(
    `the ledger.db of the store is damaged: the record of a history can't be read, ${why}. ${restore}`,
    { cause },
  );
}

/** What the ledger can't do, as an expected error. */
export function ledgerError(store: string, cause: unknown): ProblemError {
  if (cause instanceof ProblemError) return cause;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const why = cause instanceof Error ? cause.message : String(cause);
  if (code.startsWith('SQLITE_BUSY'))
    return new ProblemError(
      `another run of PSSO Monitor writes to the store ${store}: wait until it has ended.`,
      { cause },
    );
  if (code === 'SQLITE_CANTOPEN' || cause instanceof TypeError)
    return new ProblemError(`there is no store in ${store}: name a folder of databases too, to make one.`, {
      cause,
    });
  if (/^SQLITE_(FULL|IOERR)/.test(code)) return unwritable(store, why, cause);
  if (/^(E[A-Z]+|SQLITE_(READONLY|PERM|AUTH).*)$/.test(code))
    return new ProblemError(`the store ${store} can't be used: ${why}`, { cause });
  return new ProblemError(`the ledger.db of the store ${store} is damaged: ${why}. ${restore}`, { cause });
}

export function unwritable(store: string, why: string, cause: unknown): ProblemError {
  return new ProblemError(
    `the store ${store} can't be written: ${why}. Nothing in it is lost; correct that, and run it again.`,
    { cause },
  );
}
