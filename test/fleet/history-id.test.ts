import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fleetOutput } from '../../agent/fleet/fleet-output.ts';
import { replay } from '../../agent/simulation/replay.ts';
import { parseScenario } from '../../agent/simulation/scenario.ts';
import { cli } from '../helpers/cli.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso history id '));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** One more day of a Mac. */
async function live(dataDir: string, day: number, companyPortal: string): Promise<void> {
  const head = { scenario: 's', start: `2026-03-0${day}T08:00:00Z`, macos: '15.6', user: 'alex' };
  const lines = [head, { at: '+1h', companyPortal }, { at: '+9h', end: true }];
  await replay(parseScenario(lines.map((line) => JSON.stringify(line)).join('\n')), { dataDir });
}

const idIn = (path: string) => {
  const db = new Database(path, { readonly: true });
  try {
    return db.prepare("SELECT value FROM v_state WHERE key = 'history'").pluck().get();
  } finally {
    db.close();
  }
};

const summaryOf = (pulls: string) => fleetOutput.parse(JSON.parse(cli(['fleet', pulls, '--json']).stdout));

describe('the id of a history', () => {
  test('is random, and stays from run to run', async () => {
    const [one, other] = [join(folder, 'one'), join(folder, 'other')];
    await live(one, 2, '5.2505.0');
    const id = idIn(join(one, 'events.db'));
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    await live(one, 3, '5.2506.0');
    expect(idIn(join(one, 'events.db'))).toBe(id);
    await live(other, 2, '5.2505.0');
    expect(idIn(join(other, 'events.db'))).not.toBe(id);
  });

  test('comes to a database of an older version with its next event', async () => {
    const dataDir = join(folder, 'older');
    await live(dataDir, 2, '5.2505.0');
    const db = new Database(join(dataDir, 'events.db'));
    db.exec("DELETE FROM state WHERE key = 'history'");
    db.close();
    await live(dataDir, 3, '5.2506.0');
    expect(idIn(join(dataDir, 'events.db'))).toMatch(/^[0-9a-f]{32}$/);
  });

  test('makes an older copy a duplicate, and a clone with other events a branch', async () => {
    const [original, clone, pulls] = [join(folder, 'mac'), join(folder, 'clone'), join(folder, 'pulls')];
    await live(original, 2, '5.2505.0');
    for (const made of [clone, pulls]) mkdirSync(made);
    copyFileSync(join(original, 'events.db'), join(pulls, 'mac-old.db'));
    copyFileSync(join(original, 'events.db'), join(clone, 'events.db'));
    await live(original, 3, '5.2506.0');
    await live(clone, 4, '5.2507.0');
    copyFileSync(join(original, 'events.db'), join(pulls, 'mac.db'));
    copyFileSync(join(clone, 'events.db'), join(pulls, 'twin.db'));
    const { files, macs, users } = summaryOf(pulls);
    expect(files.branches).toHaveLength(1);
    expect(files.duplicates).toHaveLength(1);
    expect({ macs, users }).toEqual({ macs: 2, users: 2 });
    expect(cli(['fleet', pulls]).stdout).toContain('Copies of one history with different events');
  });

  test('is the service.instance.id of OpenTelemetry', () => {
    const out = join(folder, 'mac.ndjson');
    const path = join(folder, 'one', 'events.db');
    expect(cli(['fleet', path, '--otel', out]).status).toBe(0);
    const [line = ''] = readFileSync(out, 'utf8').split('\n');
    expect(JSON.parse(line).resourceLogs[0].resource.attributes).toContainEqual({
      key: 'service.instance.id',
      value: { stringValue: idIn(path) },
    });
  });
});

test('two users of one Mac are one Mac', () => {
  const pulls = join(folder, 'two users');
  for (const [user, from] of [
    ['jo', 'one'],
    ['sam', 'other'],
  ] as const) {
    mkdirSync(join(pulls, 'C02ABC', user), { recursive: true });
    copyFileSync(join(folder, from, 'events.db'), join(pulls, 'C02ABC', user, 'events.db'));
  }
  const { macs, users, list } = summaryOf(pulls);
  expect({ macs, users, rows: list.length }).toEqual({ macs: 1, users: 2, rows: 2 });
});
