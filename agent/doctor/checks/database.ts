import { accessSync, constants, statfsSync, statSync } from 'node:fs';
import { localTime } from '../../shared/local-time.ts';
import { fromIso, hour } from '../../shared/time.ts';
import { connectReadonly } from '../../store/connection.ts';
import { check as checkDatabase, isReadable } from '../../store/damage.ts';
import { asStoreError, type StoreError, storeError } from '../../store/errors.ts';
import { versionOf } from '../../store/migrations.ts';
import { openReader } from '../../store/reader.ts';
import { runningAgent } from '../../store/run-file.ts';
import { type Check, couldNotRun, fail, type Outcome, pass, warn } from '../check.ts';

/** Bytes. */
const littleSpace = 200 * 1024 * 1024;

/** Whether the database exists and is sound, readable and writable. */
export const database: Check = {
  id: 'database',
  group: 'history',
  async run({ paths, clock }) {
    let outcomes: Outcome[];
    try {
      if (statSync(paths.database, { throwIfNoEntry: false }) === undefined)
        return [fail('There is no database yet.', 'The first poll creates it: psso-monitor once')];
      outcomes = [soundness(paths.database), ...newest(paths.database, clock.now())];
    } catch (error) {
      return [unreadable(errorOf(error, paths.database))];
    }
    return [...outcomes, ...unwritten(paths.dataDir), ...writable(paths.dataDir)];
  },
};

/** Throws StoreError, or an error of SQLite. */
function soundness(path: string): Outcome {
  const db = connectReadonly(path, {});
  try {
    checkDatabase(db, path);
    const megabytes = (statSync(path).size / 1_000_000).toFixed(1);
    return pass(`The database is sound (${megabytes} MB, schema ${versionOf(db)}).`);
  } finally {
    db.close();
  }
}

/** SQLite reports a failed read as damage, too: only bytes that can be read prove it. */
function errorOf(error: unknown, path: string): StoreError {
  const found = asStoreError(error, path);
  return found.code === 'corrupt' && !isReadable(path) ? storeError('io', path, found) : found;
}

function unreadable({ code, message }: StoreError): Outcome {
  switch (code) {
    case 'corrupt':
      return fail(
        'The database is damaged.',
        'The next start of the agent quarantines it and begins a new one: psso-monitor once',
      );
    case 'busy':
    case 'memory':
    case 'failed':
      return couldNotRun(message);
    default:
      return fail(
        `The database can't be read: ${message}`,
        'Check its owner: ls -l, and the free disk space: df -h',
      );
  }
}

function unwritten(dataDir: string): Outcome[] {
  const waiting = runningAgent(dataDir)?.unwritten ?? null;
  if (waiting === null) return [];
  return [
    fail(
      `The history can't be written since ${localTime(waiting.since)}; events wait in the agent's memory.`,
      'Free disk space, and check the owner of the data folder. The next poll then records the events.',
    ),
  ];
}

function newest(path: string, now: number): Outcome[] {
  const reader = openReader({ path });
  try {
    const [event] = reader.events({ last: 1 });
    if (event === undefined) return [warn('The database holds no event.', null)];
    if (fromIso(event.at) > now + hour)
      return [
        warn(`The newest event is in the future: ${localTime(event.at)}.`, 'Check the clock of the Mac.'),
      ];
    return [];
  } finally {
    reader.close();
  }
}

function writable(folder: string): Outcome[] {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch {
    return [
      fail('The data folder is not writable.', `Restore its owner. To see the owner: ls -ld "${folder}"`),
    ];
  }
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free < littleSpace)
    return [
      {
        ...warn('The disk is nearly full.', 'Free disk space. The agent continues, but events may be lost.'),
        id: 'disk',
      },
    ];
  return [];
}
