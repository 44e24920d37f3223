import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { copyDatabase } from '../../../agent/export/copy-database.ts';
import { withInstants } from '../../../agent/shared/instants-in-text.ts';
import { hour, minute, second, toIso } from '../../../agent/shared/time.ts';
import { replay } from '../../../agent/simulation/replay.ts';
import { parseScenario } from '../../../agent/simulation/scenario.ts';

export const start = Date.parse('2026-03-02T08:00:00Z');

export interface MadeMac {
  readonly user: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly lines: readonly object[];
}

/** The agent of the product runs on these lines, on a virtual clock; its database is at `folder/name.db`. */
export async function madeMac(folder: string, name: string, { user, settings, lines }: MadeMac) {
  const home = join(folder, '..', `home-${name}`);
  for (const one of [home, folder]) mkdirSync(one, { recursive: true });
  const head = {
    scenario: name,
    start: toIso(start),
    macos: '15.6',
    user,
    settings: { StoredIdentity: 'full', PollIntervalSeconds: 3600, ...settings },
  };
  const text = [head, ...lines].map((line) => JSON.stringify(line)).join('\n');
  await replay(parseScenario(text), { dataDir: home });
  const path = join(folder, `${name}.db`);
  await copyDatabase(join(home, 'events.db'), path, {});
  return path;
}

/** macOS asks for the changed password, and the user gives it at `at`. */
export const synced = (at: string, asked = '+4h10m') => [
  { at: asked, psso: { state: 1 } },
  { at, psso: { state: 0, receivedAt: at }, passwordLastSetAt: at },
];

/** The same lines for another user on another Mac, `by` milliseconds later: every instant moves. */
export function laterCopy(from: string, to: string, user: string, by: number): void {
  copyFileSync(from, to);
  const db = new Database(to);
  // A test does not need its files after a power failure.
  db.pragma('synchronous = OFF');
  db.pragma('journal_mode = MEMORY');
  db.function('moved', { deterministic: true }, (text) =>
    typeof text === 'string' ? withInstants(text, (iso) => toIso(Date.parse(iso) + by)) : text,
  );
  db.exec(`
    DROP TRIGGER event_is_append_only;
    UPDATE event SET at = at + ${by},
      detail = replace(moved(detail), '"run":"', '"run":"${user}-'), summary = moved(summary);
    UPDATE issue_episode SET opened_at = opened_at + ${by}, resolved_at = resolved_at + ${by},
      evidence = moved(evidence), summary = moved(summary);
    UPDATE sync_cycle SET stale_from = stale_from + ${by}, due_at = due_at + ${by},
      prompted_at = prompted_at + ${by}, refreshed_at = refreshed_at + ${by};
    UPDATE state SET value = moved(value), since = since + ${by};
    UPDATE state SET value = lower(hex(randomblob(16))) WHERE key = 'history';
    UPDATE state SET value = '${user}' WHERE key = 'user';
  `);
  db.close();
}

/** `+4h10m5s` in milliseconds. */
export function span(text: string): number {
  const units: Readonly<Record<string, number>> = { h: hour, m: minute, s: second };
  return [...text.matchAll(/(\d+)([hms])/g)].reduce(
    (sum, [, number, unit = 's']) => sum + Number(number) * (units[unit] ?? 0),
    0,
  );
}
