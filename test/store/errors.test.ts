import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { asStoreError, StoreError, type StoreErrorCode } from '../../agent/store/errors.ts';

const system = (code: string) => Object.assign(new Error(`${code}: said the system`), { code });

describe('asStoreError names the error', () => {
  it.each<[string, StoreErrorCode]>([
    ['SQLITE_BUSY', 'busy'],
    ['SQLITE_BUSY_SNAPSHOT', 'busy'],
    ['SQLITE_LOCKED_SHAREDCACHE', 'busy'],
    ['SQLITE_FULL', 'full'],
    ['SQLITE_IOERR_FSYNC', 'io'],
    ['SQLITE_READONLY_DIRECTORY', 'readonly'],
    ['SQLITE_READONLY_DBMOVED', 'moved'],
    ['SQLITE_CANTOPEN_ISDIR', 'cannot-open'],
    ['SQLITE_PERM', 'denied'],
    ['SQLITE_CORRUPT_INDEX', 'corrupt'],
    ['SQLITE_NOTADB', 'corrupt'],
    ['SQLITE_IOERR_CORRUPTFS', 'io'],
    ['SQLITE_IOERR_NOMEM', 'memory'],
    ['SQLITE_NOMEM', 'memory'],
    ['SQLITE_MISUSE', 'failed'],
  ])('%s is %s', (code, named) => {
    const cause = new Database.SqliteError('said SQLite', code);
    expect(asStoreError(cause, '/data/events.db')).toMatchObject({ name: 'StoreError', code: named, cause });
  });

  it.each<[string, StoreErrorCode]>([
    ['ENOSPC', 'full'],
    ['EDQUOT', 'full'],
    ['EROFS', 'readonly'],
    ['EACCES', 'denied'],
    ['EIO', 'io'],
    ['ENXIO', 'io'],
    ['ENOMEM', 'memory'],
    ['ENOTDIR', 'cannot-open'],
    ['ESTRANGE', 'failed'],
  ])('%s is %s', (code, named) => {
    expect(asStoreError(system(code), '/data/events.db').code).toBe(named);
  });

  it('calls any other value a defect', () => {
    for (const thrown of [new TypeError('x is not a function'), 'text', null]) {
      expect(asStoreError(thrown, '/data/events.db')).toMatchObject({
        code: 'failed',
        message: expect.stringContaining('please report it'),
      });
    }
  });

  it('returns a StoreError unchanged', () => {
    const error = new StoreError('busy', 'Locked.');
    expect(asStoreError(error, '/data/events.db')).toBe(error);
  });
});
