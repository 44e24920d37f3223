import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { day, type EpochMs, hour, minute } from '../../agent/shared/time.ts';
import { databaseOf } from './database-of.ts';
import { officeHalfYear } from './scenarios.ts';

/** Where the histories end, before now: a store takes an instant of the future for a wrong clock. */
const back = 60 * day;

/** In how many of nine weeks Macs have trouble: the fleet that the goals are for. */
const allKinds = [0, 3, 6, 9];

/**
 * Databases of half a year, as many as asked for, each of another history. With all kinds, they copy the
 * fleet that the goals are for: 10,000 Macs with 5.6 million events. A Mac has 270 to 730 events, on average
 * 550 and 310 token cycles. The first Mac of a kind takes seconds.
 */
export async function makeFleet(
  folder: string,
  macs: number,
  kinds: readonly number[] = allKinds,
): Promise<string[]> {
  const bases: string[] = [];
  for (const troubled of kinds)
    bases.push(await databaseOf(folder, `kind-${troubled}`, officeHalfYear(troubled)));
  const pulls = join(folder, 'pulls');
  mkdirSync(pulls);
  const now = Date.now();
  return Array.from({ length: macs }, (_, index) => {
    const path = join(pulls, `mac-${String(index).padStart(6, '0')}.db`);
    copyFileSync(bases[index % bases.length] ?? '', path);
    shift(path, index, now - back);
    return path;
  });
}

/** Another Mac: another history, and other hours. `end`: of its last event, about. */
function shift(path: string, index: number, end: EpochMs): void {
  change(path, (db) => {
    const last = db.prepare<[], number>('SELECT max(at) FROM event').pluck().get() ?? end;
    const by = end - last - (index % 72) * hour - (index % 600) * minute + index;
    db.exec(`
      DROP TRIGGER event_is_append_only;
      UPDATE event SET at = at + ${by}, detail = replace(detail, '"run":"', '"run":"${index}-');
      UPDATE issue_episode SET opened_at = opened_at + ${by}, resolved_at = resolved_at + ${by};
      CREATE TEMP TABLE cycle AS SELECT * FROM sync_cycle;
      DELETE FROM sync_cycle;
      INSERT INTO sync_cycle SELECT stale_from + ${by}, due_at + ${by}, prompted_at + ${by}, refreshed_at + ${by},
        password_changed_at + ${by}, outcome, lag_seconds, active_lag_seconds FROM cycle;
      UPDATE state SET since = since + ${by};
      UPDATE state SET value = lower(hex(randomblob(16))) WHERE key = 'history';
    `);
  });
}

/** A day more: three events and a token cycle. */
export function addDay(path: string): void {
  change(path, (db) =>
    db.exec(`
      INSERT INTO event (at, kind, issue, severity, summary, from_state, to_state, detail, macos, agent_version)
        SELECT at + ${day}, kind, issue, severity, summary, from_state, to_state, detail, macos, agent_version
        FROM event WHERE kind = 'token-refreshed' ORDER BY id DESC LIMIT 3;
      INSERT INTO sync_cycle SELECT stale_from + ${day}, due_at + ${day}, prompted_at, refreshed_at + ${day},
        password_changed_at, outcome, lag_seconds, active_lag_seconds
        FROM sync_cycle WHERE outcome = 'token-refreshed' ORDER BY stale_from DESC LIMIT 1;
    `),
  );
}

function change(path: string, how: (db: Database.Database) => void): void {
  const db = new Database(path);
  try {
    db.pragma('synchronous = OFF');
    db.pragma('journal_mode = MEMORY');
    db.transaction(() => how(db))();
    db.pragma('journal_mode = DELETE');
  } finally {
    db.close();
  }
}
