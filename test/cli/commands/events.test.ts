import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { renameSync } from 'node:fs';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import * as z from 'zod/mini';
import { instantOption, rangeOption } from '../../../agent/cli/options/instant-option.ts';
import { eventsOutput } from '../../../agent/cli/output/events.ts';
import { localDateTime } from '../../../agent/shared/local-time.ts';
import { openReader } from '../../../agent/store/reader.ts';
import { openStore } from '../../../agent/store/sqlite-store.ts';
import type { EventFilter } from '../../../agent/store/store.ts';
import { cli, entry } from '../../helpers/cli.ts';
import { until } from '../../helpers/until.ts';
import { batch, databaseIn, event, noon, temporaryFolder } from '../../store/samples.ts';

let path: string;
let data: string;
/** Writes like the agent, through a separate connection. */
function happen(...summaries: readonly string[]): void {
  const store = openStore({ path, agentVersion: '1.2.3', now: noon });
  store.commit(batch({ events: summaries.map((summary) => event({ summary })) }));
  store.close();
}
beforeEach(() => {
  path = databaseIn(temporaryFolder());
  data = dirname(path);
});

describe('events', () => {
  test('are filtered by severity and by text', () => {
    const store = openStore({ path, agentVersion: '1.2.3', now: noon });
    store.commit(
      batch({
        events: [
          event({ severity: 'info', summary: 'All is well' }),
          event({ severity: 'medium', summary: 'macOS waits', data: { prompt: 'Password' } }),
          event({ severity: 'high', summary: 'The password is late' }),
        ],
      }),
    );
    store.close();
    const reader = openReader({ path });
    const summaries = (filter: EventFilter) => reader.events(filter).map(({ summary }) => summary);
    expect(summaries({ severities: ['medium', 'high'] })).toEqual(['macOS waits', 'The password is late']);
    expect(summaries({ text: 'PASSWORD' })).toEqual(['macOS waits', 'The password is late']);
    expect(summaries({ text: '%' })).toEqual([]);
    reader.close();
    const { stdout } = cli([
      ...['events', '--json', '--text', 'PASSWORD', '--severity', 'medium', '--last', '1'],
      ...['--data-dir', data],
    ]);
    expect(z.parse(eventsOutput, JSON.parse(stdout)).summary).toBe('The password is late');
  });

  test.each([
    [['--severity', 'severe'], 'there is no severity "severe"'],
    [['--follow', '--until', '1d'], '--until has an end'],
  ])('refuses the options %s', (args, says) => {
    const { status, stderr } = cli(['events', ...args, '--data-dir', data]);
    expect(status).toBe(2);
    expect(stderr).toContain(says);
  });
});

describe('events --follow', () => {
  function following(...args: string[]): { child: ChildProcess; said: () => string } {
    const child = spawn(process.execPath, [entry, 'events', '--follow', ...args, '--data-dir', data], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NO_COLOR: '1' },
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let said = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    return { child, said: () => said };
  }

  test('prints new events, also of the database that replaces a damaged one', async () => {
    happen('before');
    const { child, said } = following();
    await until(() => said().includes('before'), 'what was');
    happen('then');
    await until(() => said().includes('then'), 'what came');
    renameSync(path, `${path}.corrupt-20260131T080000Z`);
    happen('in the new one', 'and more');
    await until(() => said().includes('and more'), 'the new database');
    happen('at last');
    await until(() => said().includes('at last'), 'what came to it');
    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual([0, null]);
    const lines = said().trimEnd().split('\n');
    expect(lines[0]).toBe('Times in UTC. Ctrl-C ends this.');
    expect(lines.slice(1).map((line) => line.slice(46))).toEqual([
      'before',
      'then',
      'in the new one',
      'and more',
      'at last',
    ]);
  });

  test('prints filtered NDJSON and ends at Ctrl-C', async () => {
    happen('before');
    const { child, said } = following('--json', '--text', 'wanted', '--last', '5');
    // The first match tells that it follows; what came before it was judged.
    const timer = setInterval(() => happen('other', 'wanted'), 300);
    onTestFinished(() => clearInterval(timer));
    await until(() => said().split('\n').length > 2, 'two lines');
    clearInterval(timer);
    child.kill('SIGINT');
    expect(await once(child, 'close')).toEqual([0, null]);
    const rows = said()
      .trim()
      .split('\n')
      .map((line) => z.parse(eventsOutput, JSON.parse(line)));
    expect(new Set(rows.map(({ summary }) => summary))).toEqual(new Set(['wanted']));
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });

  test('ends when its reader closes the pipe', async () => {
    happen('before');
    const { child, said } = following();
    await until(() => said().includes('before'), 'what was');
    child.stdout?.destroy();
    const closed = once(child, 'exit');
    const timer = setInterval(() => happen('unheard'), 300);
    onTestFinished(() => clearInterval(timer));
    expect(await closed).toEqual([0, null]);
  });
});

describe('an instant on the command line', () => {
  const now = Date.parse('2026-11-23T12:00:00Z');
  test.each([
    ['30s', '2026-11-23T11:59:30Z'],
    ['5m', '2026-11-23T11:55:00Z'],
    ['5h', '2026-11-23T07:00:00Z'],
    ['3d', '2026-11-20T12:00:00Z'],
    ['2w', '2026-11-09T12:00:00Z'],
    ['2026-11-20', '2026-11-20T00:00:00Z'],
    ['2026-11-20 09:17', '2026-11-20T09:17:00Z'],
    ['2026-11-20T09:17:05.5Z', '2026-11-20T09:17:05.500Z'],
    ['2026-11-20T09:17:05+01:00', '2026-11-20T08:17:05Z'],
  ])('%s is %s', (text, at) => {
    expect(instantOption('since', text, now)).toBe(Date.parse(at));
  });

  test.each([
    '5',
    '',
    'tomorrow',
    '2026',
    '2026-02-30',
    '2026-13-01',
    '2026-11-23T25:00',
    '3D',
    '-3d',
    '3 d',
    '11/23/2026',
  ])('%j is none, and the error says what would be', (text) => {
    expect(() => instantOption('until', text, now)).toThrow(/^--until takes .*4h.*2026-11-23/);
  });

  test('understands today and yesterday as local days', () => {
    const day = (text: string) => localDateTime(new Date(instantOption('since', text, now)).toISOString());
    const today = localDateTime(new Date(now).toISOString()).slice(0, 10);
    expect(day('today')).toBe(`${today} 00:00:00`);
    expect(day('yesterday')).toMatch(/ 00:00:00$/);
    expect(day('Yesterday')).toBe(day('yesterday'));
    expect(instantOption('until', 'yesterday', now, 'end')).toBe(instantOption('since', 'today', now) - 1);
  });

  test('accepts the printed form of an instant', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
        const printed = localDateTime(new Date(seconds * 1000).toISOString());
        expect(instantOption('since', printed, now)).toBe(seconds * 1000);
      }),
      { numRuns: 100 },
    );
  });

  test('refuses a range that ends before it begins', () => {
    expect(() => rangeOption({ since: '1d', until: '2d' }, now)).toThrow(
      '--since 1d is later than --until 2d.',
    );
  });

  test('includes the day that ends a range', () => {
    expect(rangeOption({ since: '2026-11-20', until: '2026-11-20' }, now)).toEqual({
      since: Date.parse('2026-11-20T00:00:00Z'),
      until: Date.parse('2026-11-20T23:59:59.999Z'),
    });
  });
});
