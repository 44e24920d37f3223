import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../agent/shared/clock.ts';
import { quarantine } from '../../agent/store/quarantine.ts';
import { openReader } from '../../agent/store/reader.ts';
import { ReopeningStore } from '../../agent/store/reopening-store.ts';
import { needsLinux } from '../helpers/needs.ts';
import {
  batch,
  connection,
  cycle,
  databaseIn,
  episode,
  event,
  manyEvents,
  noon,
  opened,
  temporaryFolder,
} from './samples.ts';

const pageSize = 4096;
const memory = JSON.stringify({ notified: 'already' });

/** A closed database with 300 events and an agent memory. */
function recorded(): string {
  const path = databaseIn(temporaryFolder());
  const store = opened(path);
  store.commit(batch({ events: manyEvents(300), memory }));
  store.close();
  return path;
}

function eventsIn(path: string) {
  const reader = openReader({ path });
  onTestFinished(() => reader.close());
  return reader.events({});
}

function stateIn(path: string) {
  const reader = openReader({ path });
  onTestFinished(() => reader.close());
  return reader.state().map(({ key, value }) => [key, value]);
}

const corruptSets = (path: string) => readdirSync(dirname(path)).filter((name) => /corrupt-\d/.test(name));

describe('SQLite calls a database damaged that the disk fails to read', () => {
  needsLinux('strace makes system calls fail');

  /** Commits at these minutes while reads of `file` fail: those of `when`, in strace's words. */
  function commits(
    path: string,
    minutes: readonly number[],
    { file = path, when = '1+', code = 'EIO' } = {},
  ) {
    const inject = ['-P', file, '-e', 'trace=pread64', '-e', `inject=pread64:error=${code}:when=${when}`];
    const script = fileURLToPath(new URL('processes/unreadable.ts', import.meta.url));
    const args = [process.execPath, script, path, ...minutes.map(String)];
    const ran = spawnSync('strace', ['-f', '-qq', '-o', '/dev/null', ...inject, ...args], {
      encoding: 'utf8',
    });
    expect(ran.stderr).toBe('');
    return ran.stdout.trim().split('\n');
  }

  /** The commits fail at first, and then each is written. */
  function expectLater(outcomes: readonly string[]): void {
    expect(outcomes.join(' ')).toMatch(/^io( io)*( written)+$/);
  }

  it.each(['EIO', 'ENXIO'])('%s for a moment: it is opened again, and nothing is quarantined', (code) => {
    const path = recorded();
    const outcomes = commits(path, [0, 5, 10, 15, 20], { when: '1..6', code });
    expectLater(outcomes);
    expect(corruptSets(path)).toEqual([]);
    expect(existsSync(`${path}.suspect`)).toBe(false);
    expect(eventsIn(path)).toHaveLength(300 + outcomes.filter((one) => one === 'written').length);
  });

  it('for most of an hour: it waits', () => {
    const path = recorded();
    expect(commits(path, [0, 30, 59])).toEqual(['io', 'io', 'io']);
    expect(corruptSets(path)).toEqual([]);
    expect(eventsIn(path)).toHaveLength(300);
  });

  it('for more than an hour: it is quarantined', () => {
    const path = recorded();
    commits(path, [0, 61, 70, 130, 200, 270]);
    // The new databases, which can't be read either, are not quarantined.
    const [quarantined = '', ...others] = corruptSets(path);
    expect(others).toEqual([]);
    expect(eventsIn(join(dirname(path), quarantined))).toHaveLength(300);
    opened(path).close();
    expect(eventsIn(path)).toHaveLength(300);
  });

  it('while it is salvaged: nothing is lost', () => {
    const path = recorded();
    const { quarantined } = quarantine(path, { now: noon, reason: 'malformed' });
    const outcomes = commits(path, [0, 5, 10, 15, 20], { file: quarantined, when: '20..26' });
    expectLater(outcomes);
    expect(eventsIn(path)).toHaveLength(301 + outcomes.filter((one) => one === 'written').length);
  });

  it('in some blocks for more than an hour: the events in the other blocks are salvaged', () => {
    const path = recorded();
    const { quarantined } = quarantine(path, { now: noon, reason: 'malformed' });
    // Each opening reads up to the second block, and the last one reads on.
    const minutes = [0, 30, 61];
    expect(commits(path, minutes, { file: quarantined, when: '20+40' }).at(-1)).toBe('written');
    const events = eventsIn(path);
    expect(events.length).toBeGreaterThan(280);
    expect(events.length).toBeLessThan(302);
    expect(events.filter(({ kind }) => kind === 'store-recovered')).toHaveLength(1);
  });
});

describe('damage at work', () => {
  /** A store at work, with an open episode. */
  function atWork(): { path: string; store: ReopeningStore } {
    const path = recorded();
    const store = new ReopeningStore({
      path,
      agentVersion: '1.2.3',
      now: noon,
      busyTimeout: 0,
      clock: systemClock,
      lockState: () => ({ kind: 'held' }),
      recoveredBatch: ({ salvagedEvents }) =>
        batch({ events: [event({ kind: 'store-recovered', data: { salvagedEvents } })] }),
    });
    onTestFinished(() => store.close());
    store.commit(batch({ state: { headline: 'ok', user: 'jane' }, memory }));
    store.commit(batch({ episodes: [episode()], syncCycles: [cycle()], state: { headline: 'unknown' } }));
    store.checkpoint();
    return { path, store };
  }

  /** Overwrites the first page of each of these tables, and one page of events. */
  function ruin(path: string, tables: readonly string[]): void {
    const db = connection(path);
    const roots = tables.map((table) =>
      Number(db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table)),
    );
    const file = openSync(path, 'r+');
    for (const page of [...roots, 20])
      writeSync(file, Buffer.alloc(pageSize, 0xa5), 0, pageSize, (page - 1) * pageSize);
    closeSync(file);
  }

  it.each<[string, readonly string[]]>([
    ['a page of events', []],
    ['the state', ['state']],
    ['the agent memory', ['memory']],
  ])('in %s is quarantined and salvaged without a new start', (_, tables) => {
    const { path, store } = atWork();
    ruin(path, tables);
    expect(() => store.check()).toThrow(expect.objectContaining({ code: 'corrupt' }));
    expect(store.commit(batch({ events: [event()] }))).toHaveLength(1);
    expect(corruptSets(path).length).toBeGreaterThan(0);
    const events = eventsIn(path);
    expect(events.length).toBeGreaterThan(290);
    expect(events.filter(({ kind }) => kind === 'store-recovered')).toHaveLength(1);
    expect(store.memory()).toBe(memory);
    expect(opened(path).memory()).toBe(memory);
    expect(stateIn(path)).toEqual(
      expect.arrayContaining([
        ['headline', 'unknown'],
        ['user', 'jane'],
      ]),
    );
    const open = connection(path).prepare('SELECT resolved_at FROM issue_episode').pluck().all();
    expect(open).toEqual([null]);
  });
});
