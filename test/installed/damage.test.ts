import { closeSync, openSync, readdirSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runFilePath } from '../../agent/store/run-file.ts';
import { openStore } from '../../agent/store/sqlite-store.ts';
import { figure } from '../helpers/figure.ts';
import { recordedEvents } from '../helpers/recorded-events.ts';
import { until } from '../helpers/until.ts';
import { batch, manyEvents } from '../store/samples.ts';
import { type InstalledAgent, installedAgent } from './installed-agent.ts';

/** The installed agent on a history that was damaged while it did not run (docs/reliability.md). */

let agent: InstalledAgent;
let database: string;
beforeEach(async () => {
  agent = await installedAgent();
  database = join(agent.dataDir, 'events.db');
});
afterEach(() => agent.end());

const events = () => recordedEvents(agent.dataDir);
const count = (kind: string) => events().filter((one) => one.kind === kind).length;
const size = () => statSync(database).size;

function overwrite(file: string, from: number, bytes: number): void {
  const opened = openSync(file, 'r+');
  writeSync(opened, Buffer.alloc(bytes, 0xa5), 0, bytes, from);
  closeSync(opened);
}

async function polls(wanted: number): Promise<void> {
  const polledAt = () => statSync(runFilePath(agent.dataDir)).mtimeMs;
  for (let polled = 0; polled < wanted; polled++) {
    const before = polledAt();
    await until(() => polledAt() !== before, `poll ${polled + 1} of ${wanted}`);
  }
}

/** The page in the middle of the events. */
function middleOfEvents(): number {
  const db = new Database(database, { readonly: true });
  const root = Number(db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'event'").pluck().get());
  db.close();
  return Math.max(root + 20, Math.floor(size() / 4096 / 2));
}

test.each<[string, () => void, number]>([
  ['a page of events', () => overwrite(database, 4096 * middleOfEvents(), 4096), 290],
  ['the first page', () => overwrite(database, 0, 4096), 300],
  ['half of the file', () => truncateSync(database, Math.floor(size() / 8192) * 4096), 100],
  ['garbage in the WAL', () => writeFileSync(`${database}-wal`, Buffer.alloc(40_000, 0xa5)), 300],
  ['garbage in the SHM', () => writeFileSync(`${database}-shm`, Buffer.alloc(32_768, 0xa5)), 300],
])(
  '%s is damaged: the agent starts, keeps what can be read and repeats nothing',
  async (what, damage, least) => {
    const store = openStore({ path: database, agentVersion: '1.2.3', now: Date.now() });
    store.commit(batch({ events: manyEvents(300) }));
    store.close();
    agent.mac.apply({ psso: { registered: false, userPresent: false } });
    const first = agent.run();
    await until(() => count('issue-opened') === 1, 'the issue');
    first.child.kill('SIGTERM');
    await first.ended;
    const before = events().length;
    damage();
    // As after damage in use.
    writeFileSync(`${database}.suspect`, '');

    const startedAt = new Date().toISOString();
    const next = agent.run();
    await until(
      () => events().some(({ kind, at }) => kind === 'agent-started' && at >= startedAt),
      'the next start',
    );
    await polls(3);
    expect(next.child.exitCode).toBeNull();
    next.child.kill('SIGTERM');
    expect(await next.ended).toEqual({ status: 0, signal: null });
    expect(next.output.stderr).toBe('');
    expect(events().length).toBeGreaterThan(least);
    const kept = events().filter(({ at }) => at < startedAt).length;
    figure(`${what} is damaged: ${kept} of ${before} events kept`);
    expect(count('issue-opened')).toBe(1);
    expect(count('issue-resolved')).toBe(0);
    expect(count('agent-crashed')).toBe(0);
    const quarantined = readdirSync(agent.dataDir).filter((name) => /corrupt-\d+-\w+$/.test(name));
    expect(count('store-recovered')).toBe(quarantined.length);
  },
);
