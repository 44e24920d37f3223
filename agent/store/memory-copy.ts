import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { type ConnectOptions, connectReadonly } from './connection.ts';
import { prepareMemory } from './writes.ts';

/** A larger database is not copied into memory. */
const longestCopy = 32 * 1024 * 1024;
/** In the header of a database: the versions of its format for writing and reading; 2 is WAL, 1 is not. */
const formatVersions = [18, 19];

/**
 * The agent memory in a database that can't be opened for writing; null: unknown. SQLite needs space for the
 * WAL and SHM even to read; without space, a copy in the process is read, without the WAL.
 */
export function readMemoryOnly(path: string, options: ConnectOptions): string | null {
  try {
    // SQLite would wait for the writer of a FIFO.
    if (!statSync(path).isFile()) throw new Error('not a file');
    return memoryIn(connectReadonly(path, { ...options, busyTimeout: 0 }));
  } catch {
    try {
      return memoryIn(new Database(copyOf(path), { nativeBinding: options.nativeBinding }));
    } catch {
      return null;
    }
  }
}

function memoryIn(db: Database.Database): string | null {
  try {
    return prepareMemory(db)();
  } finally {
    db.close();
  }
}

function copyOf(path: string): Buffer {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const found = fstatSync(file);
    if (!found.isFile() || found.size > longestCopy) throw new Error('not a database of a usual size');
    const copy = Buffer.alloc(found.size);
    readSync(file, copy, 0, copy.length, 0);
    for (const offset of formatVersions) copy.writeUInt8(1, offset);
    return copy;
  } finally {
    closeSync(file);
  }
}
