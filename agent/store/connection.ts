import Database from 'better-sqlite3';

export interface ConnectOptions {
  /** The path of better_sqlite3.node, when it is not in node_modules. */
  readonly nativeBinding?: string | undefined;
  /** Milliseconds to wait for a lock. */
  readonly busyTimeout?: number | undefined;
}

const usualBusyTimeout = 5_000;

/** The WAL and SHM of the database at this path. */
export function besideOf(path: string): { wal: string; shm: string } {
  return { wal: `${path}-wal`, shm: `${path}-shm` };
}

/**
 * Opens for writing, with bounded memory: half a MiB of pages, and a WAL that is checkpointed every 200 pages
 * and truncated to 1 MiB.
 */
export function connect(path: string, options: ConnectOptions): Database.Database {
  const db = new Database(path, {
    timeout: options.busyTimeout ?? usualBusyTimeout,
    nativeBinding: options.nativeBinding,
  });
  try {
    // Must come before the first table, and before WAL mode writes the first page.
    db.pragma('auto_vacuum = INCREMENTAL');
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('wal_autocheckpoint = 200');
    db.pragma('journal_size_limit = 1048576');
    db.pragma('cache_size = -512');
    db.pragma('mmap_size = 0');
    db.pragma('foreign_keys = ON');
    db.pragma('trusted_schema = OFF');
    db.pragma('cell_size_check = ON');
    // On macOS, fsync does not flush the drive's cache; a full flush at each checkpoint keeps WAL and
    // database consistent.
    db.pragma('checkpoint_fullfsync = ON');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Opens an existing database for reading only. */
export function connectReadonly(path: string, options: ConnectOptions): Database.Database {
  const db = new Database(path, {
    readonly: true,
    fileMustExist: true,
    timeout: options.busyTimeout ?? usualBusyTimeout,
    nativeBinding: options.nativeBinding,
  });
  try {
    db.pragma('cache_size = -512');
    db.pragma('mmap_size = 0');
    db.pragma('trusted_schema = OFF');
    db.pragma('cell_size_check = ON');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
