import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { databasesIn } from '../../agent/fleet/databases-in.ts';
import { fleetOf } from '../../agent/fleet/fleet-of.ts';
import { hour, minute } from '../../agent/shared/time.ts';
import { readUntrustedTables } from '../../agent/untrusted/read-untrusted-tables.ts';
import type { Figure } from './figure.ts';
import type { Year } from './year-of.ts';

const entry = fileURLToPath(new URL('../../agent/psso-monitor.js', import.meta.url));

/**
 * A fleet of databases of a year each; one in four is eventful, each at different hours. Measures the time
 * for each file beside the time to copy that file, and row by row, for the decision on the engine.
 */
export async function fleetFigures(
  macs: number,
  years: readonly [eventful: Year, quiet: Year],
): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-bench-fleet-'));
  try {
    const pulls = join(folder, 'pulls');
    mkdirSync(pulls);
    const [eventful, quiet] = years;
    for (let index = 0; index < macs; index++) {
      const path = join(pulls, `mac-${index}.db`);
      copyFileSync((index % 4 === 0 ? eventful : quiet).pulled, path);
      shift(path, index);
    }
    const all = databasesIn(pulls, null);
    const paths = Array.from(all.found, ({ path }) => path);
    const each = async (read: () => unknown): Promise<number> => {
      const began = performance.now();
      await read();
      return (performance.now() - began) / macs;
    };
    const copy = join(folder, 'copy.db');
    const reference = {
      name: 'copying the file',
      value: await each(() => {
        for (const path of paths) writeFileSync(copy, readFileSync(path));
      }),
    };
    const options = {
      now: Date.now(),
      since: null,
      silentAfterSeconds: 259_200,
      command: [process.execPath, entry],
      progress: () => {},
    };
    const report = await each(() => fleetOf(all, { ...options, merged: null }));
    const merged = await each(() => fleetOf(all, { ...options, merged: join(folder, 'merged.db') }));
    const rows = await each(() => {
      for (const path of paths.slice(0, 50)) readUntrustedTables(path, { row: () => {} });
    });
    const figure = (name: string, value: number, limit: number): Figure => ({
      name,
      value,
      unit: 'ms',
      reference,
      limit,
    });
    return [
      figure(`fleet of ${macs}: a report, for each file`, report, 20),
      figure(`fleet of ${macs}: report and merged database, for each file`, merged, 50),
      figure('fleet: rows as objects, for each file', (rows * macs) / Math.min(50, macs), 50),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Another Mac: other hours, other runs. */
function shift(path: string, index: number): void {
  const by = index * 7 * minute + (index % 24) * hour + index;
  const db = new Database(path);
  db.exec(`
    DROP TRIGGER event_is_append_only;
    UPDATE event SET at = at + ${by}, detail = replace(detail, '"run":"', '"run":"${index}-');
    UPDATE issue_episode SET opened_at = opened_at + ${by}, resolved_at = resolved_at + ${by};
    UPDATE state SET since = since + ${by};
  `);
  db.close();
}
