import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { second } from '../../agent/shared/time.ts';
import { openReader } from '../../agent/store/reader.ts';
import type { EventFilter } from '../../agent/store/store.ts';
import { batch, connection, databaseIn, episode, event, noon, opened, temporaryFolder } from './samples.ts';

function reading(path: string) {
  const reader = openReader({ path });
  onTestFinished(() => reader.close());
  return reader;
}

it('notices that the agent wrote, and only then', () => {
  const path = databaseIn(temporaryFolder());
  const store = opened(path);
  const reader = reading(path);
  const before = reader.writes();
  expect(Number.isInteger(before)).toBe(true);
  expect(reader.writes()).toBe(before);
  store.commit(batch({ events: [event({ at: noon, kind: 'gap' })] }));
  expect(reader.writes()).toBeGreaterThan(before);
});

describe('the filter of events', () => {
  let path = '';
  beforeEach(() => {
    path = databaseIn(temporaryFolder());
    opened(path).commit(
      batch({
        events: [
          event({ at: noon, kind: 'agent-started' }),
          event({ at: noon + 500, kind: 'issue-opened', issue: 'registration-lost' }),
          event({ at: noon + second, kind: 'gap' }),
          // The clock was set back in between.
          event({ at: noon - second, kind: 'clock-changed' }),
        ],
      }),
    );
  });

  it.each<[string, EventFilter, string[]]>([
    ['all', {}, ['1', '2', '3', '4']],
    ['from an instant on, that one included', { since: noon + 500 }, ['2', '3']],
    ['from within a second on', { since: noon + 1 }, ['2', '3']],
    ['up to an instant, that one included', { until: noon + 500 }, ['1', '2', '4']],
    ['between two', { since: noon, until: noon + 999 }, ['1', '2']],
    ['of some kinds', { kinds: ['gap', 'agent-started'] }, ['1', '3']],
    ['of no kind at all', { kinds: [] }, []],
    ['of an issue', { issue: 'registration-lost' }, ['2']],
    ['that came later, for following', { afterId: 2 }, ['3', '4']],
    ['the newest, in the order they happened', { last: 2 }, ['3', '4']],
    ['the newest of a kind', { last: 1, kinds: ['gap', 'agent-started'] }, ['3']],
    ['none of the newest', { last: 0 }, []],
  ])('%s', (_, filter, ids) => {
    expect(
      reading(path)
        .events(filter)
        .map(({ id }) => id),
    ).toEqual(ids);
  });

  it('sorts by number: 10 after 9', () => {
    const numbers = Array.from({ length: 12 }, (_, index) => String(index + 1));
    opened(path).commit(batch({ events: numbers.slice(4).map(() => event()) }));
    expect(
      reading(path)
        .events({ last: 12 })
        .map(({ id }) => id),
    ).toEqual(numbers);
  });
});

describe('a reader while the agent writes', () => {
  it('sees committed data, also from the WAL, and no uncommitted data', () => {
    const path = databaseIn(temporaryFolder());
    const store = opened(path);
    store.commit(batch({ events: [event({ summary: 'committed' })] }));
    const writer = connection(path);
    writer.exec("BEGIN IMMEDIATE; UPDATE state SET value = ''; DELETE FROM event;");
    const reader = reading(path);
    expect(reader.events({}).map(({ summary }) => summary)).toEqual(['committed']);
    writer.exec('COMMIT');
    expect(reader.events({})).toEqual([]);
  });

  it('does not block writes, checkpoints and the close of the agent', () => {
    const path = databaseIn(temporaryFolder());
    const store = opened(path, { busyTimeout: 0 });
    store.commit(batch({ events: [event()] }));
    const other = connection(path, { readonly: true });
    const rows = other.prepare('SELECT * FROM v_events').iterate();
    rows.next();
    store.commit(batch({ events: [event()] }));
    store.checkpoint();
    store.close();
    rows.return?.();
    expect(reading(path).events({})).toHaveLength(2);
  });

  it('cannot change anything', () => {
    const path = databaseIn(temporaryFolder());
    opened(path).close();
    const before = reading(path);
    expect(before.state()).toEqual([]);
    expect(Object.keys(before)).not.toContain('commit');
  });
});

describe('openReader throws one sentence for', () => {
  it('a missing database', () => {
    const path = databaseIn(temporaryFolder());
    expect(() => openReader({ path })).toThrow(
      expect.objectContaining({
        name: 'StoreError',
        code: 'missing',
        message: `There is no history yet at ${path}: the agent has not run for this user.`,
      }),
    );
    expect(() => openReader({ path: join(path, 'not', 'even', 'a folder') })).toThrow(
      expect.objectContaining({ code: 'missing' }),
    );
  });

  it('an empty file', () => {
    const path = databaseIn(temporaryFolder());
    writeFileSync(path, '');
    expect(() => openReader({ path })).toThrow(expect.objectContaining({ code: 'missing' }));
  });

  it('another SQLite database', () => {
    const path = databaseIn(temporaryFolder());
    mkdirSync(path);
    expect(() => openReader({ path })).toThrow(expect.objectContaining({ code: 'cannot-open' }));
  });

  it('a file of random text', () => {
    const path = databaseIn(temporaryFolder());
    writeFileSync(path, 'a file of random text');
    expect(() => openReader({ path })).toThrow(expect.objectContaining({ code: 'corrupt' }));
  });

  it('a closed reader', () => {
    const path = databaseIn(temporaryFolder());
    opened(path).commit(batch());
    const reader = openReader({ path });
    reader.close();
    expect(() => reader.state()).toThrow(expect.objectContaining({ code: 'closed' }));
  });

  it('views of a later version without a column of this one', () => {
    const path = databaseIn(temporaryFolder());
    opened(path).commit(batch({ episodes: [episode()] }));
    connection(path).exec(
      "DROP VIEW v_issues; CREATE VIEW v_issues AS SELECT issue, '' AS opened_at FROM issue_episode",
    );
    expect(() => reading(path).issues()).toThrow(expect.objectContaining({ code: 'schema' }));
  });
});
