import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { replayLines } from '../helpers/replayed.ts';

/** The queries of docs/admin/roll-out.md over a merged database. test/docs runs them in a shell. */
const page = readFileSync(new URL('../../docs/admin/roll-out.md', import.meta.url), 'utf8');
const queries = [...page.matchAll(/^sqlite3 -readonly fleet\.db "((?:\\"|[^"])*)"$/gm)].map(
  ([, query = '']) => query.replaceAll('\\"', '"'),
);

const mac = { scenario: 'ring', start: '2026-03-02T08:00:00Z', macos: '15.6', user: 'alex' };
const lost = { psso: { registered: false, userPresent: false } };
const back = { psso: { registered: true, userPresent: true } };

test('the criteria of a silent ring find what they name, and a Mac that is well in none', async () => {
  const database = new Database(':memory:');
  database.exec('CREATE TABLE v_events (mac TEXT, at TEXT, kind TEXT, summary TEXT, detail TEXT)');
  const insert = database.prepare('INSERT INTO v_events VALUES (?, ?, ?, ?, ?)');
  const silent = { ...mac, settings: { NotificationsEnabled: false, PollIntervalSeconds: 5 } };
  const scenarios = {
    well: await replayLines([mac, { at: '+9h', end: true }]),
    // One problem and its end, both shown.
    solved: await replayLines([
      mac,
      { at: '+1h', ...lost },
      { at: '+3h', ...back },
      { at: '+9h', end: true },
    ]),
    noisy: await replayLines([
      silent,
      { at: '+1h', ...lost },
      { at: '+3h', ...back },
      { at: '+5h', ...lost },
      { at: '+7h', ...back },
      { at: '+9h', end: true },
    ]),
    crashing: await replayLines([
      mac,
      ...['+1h', '+3h'].flatMap((at, n) => [
        { at, agent: 'kill' },
        { at: `+${2 + 2 * n}h`, agent: 'start' },
      ]),
      { at: '+9h', end: true },
    ]),
  };
  for (const [name, { rows }] of Object.entries(scenarios))
    for (const { at, kind, summary, detail } of rows) insert.run(name, at, kind, summary, detail);
  const macsOf = (query = '') =>
    database
      .prepare<[], { mac: string }>(query)
      .all()
      .map((row) => row.mac);
  const [restarts, notifications, settings, ...noMore] = queries;
  expect(noMore).toEqual([]);
  expect(macsOf(restarts)).toEqual(['crashing']);
  expect(macsOf(notifications)).toEqual(['noisy']);
  expect(macsOf(settings)).toEqual(['noisy']);
});
