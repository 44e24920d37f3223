import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { durationText } from '../../shared/duration-text.ts';
import { localTime } from '../../shared/local-time.ts';
import { fromIso, hour, second } from '../../shared/time.ts';
import { connectReadonly } from '../../store/connection.ts';
import { check as checkDatabase } from '../../store/damage.ts';
import { asStoreError } from '../../store/errors.ts';
import { versionOf } from '../../store/migrations.ts';
import { openReader } from '../../store/reader.ts';
import { previousRun, runningAgent } from '../../store/run-file.ts';
import { type Check, fail, type Outcome, pass, warn } from '../check.ts';

const littleSpace = 200 * 1024 * 1024;

/** Whether the Mac was looked at recently. */
export const lastPoll: Check = {
  id: 'last-look',
  group: 'history',
  async run({ paths, settings, clock }) {
    const last = previousRun(paths.dataDir);
    if (last === null) return [];
    if (last.lastPollAt === null) {
      return [
        runningAgent(paths.dataDir) === null
          ? warn('No look has ended yet.', 'Look once: psso-monitor once')
          : warn('The agent runs, and its first look has not ended yet.', 'Ask again in a minute.'),
      ];
    }
    const seconds = Math.round((clock.now() - last.lastPollAt) / second);
    if (seconds < -60)
      return [
        warn(
          'The last look lies in the future: the clock was set back.',
          'Nothing to do; it settles by itself.',
        ),
      ];
    const late = seconds > 3 * settings.values.PollIntervalSeconds;
    const said = `The last look was ${durationText(Math.max(0, seconds))} ago.`;
    if (!late) return [pass(said)];
    // While the Mac sleeps nothing looks; a person who asks has just woken it.
    return [
      runningAgent(paths.dataDir) === null
        ? warn(said, null)
        : warn(
            `${said} It should be no more than ${durationText(settings.values.PollIntervalSeconds)}, unless the Mac was asleep.`,
            'Ask again in five minutes.',
          ),
    ];
  },
};

/** Whether the database is there, sound, readable and writable. */
export const database: Check = {
  id: 'database',
  group: 'history',
  async run({ paths, clock }) {
    if (!existsSync(paths.database))
      return [fail('There is no database yet.', 'It comes with the first look: psso-monitor once')];
    const outcomes: Outcome[] = [];
    try {
      const db = connectReadonly(paths.database, {});
      try {
        checkDatabase(db, paths.database);
        const megabytes = (statSync(paths.database).size / 1_000_000).toFixed(1);
        outcomes.push(pass(`The database is sound (${megabytes} MB, schema ${versionOf(db)}).`));
      } finally {
        db.close();
      }
      outcomes.push(...newest(paths.database, clock.now()));
    } catch (error) {
      const { code, message: why } = asStoreError(error, paths.database);
      const damaged = code === 'corrupt';
      return [
        damaged
          ? fail(
              'The database is damaged.',
              'The agent sets it aside at its next start and begins a new one: psso-monitor once',
            )
          : fail(
              `The database can't be read: ${why}`,
              'See who owns it: ls -l, and whether the disk is full: df -h',
            ),
      ];
    }
    return [...outcomes, ...writable(paths.dataDir)];
  },
};

function newest(path: string, now: number): Outcome[] {
  const reader = openReader({ path });
  try {
    const [event] = reader.events({ last: 1 });
    if (event === undefined) return [warn('The database holds no event.', null)];
    if (fromIso(event.at) > now + hour)
      return [
        warn(
          `The newest event is of ${localTime(event.at)}, which is in the future.`,
          'See whether the clock is right.',
        ),
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
      fail(
        'The folder of the database can not be written to.',
        `Give it back to its user: ls -ld "${folder}"`,
      ),
    ];
  }
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free < littleSpace)
    return [
      {
        ...warn('The disk is nearly full.', 'Make room; the agent goes on, and events may be lost.'),
        id: 'disk',
      },
    ];
  return [];
}
