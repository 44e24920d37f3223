import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { optionsOf } from '../../../agent/cli/options/export-options.ts';
import { exportOutput } from '../../../agent/export/export-output.ts';
import { installSysroot } from '../../../agent/simulation/sysroot.ts';
import { openReader } from '../../../agent/store/reader.ts';
import { openStore } from '../../../agent/store/sqlite-store.ts';
import { cli, start } from '../../helpers/cli.ts';
import { replayInto } from '../../helpers/replay-into.ts';
import { until } from '../../helpers/until.ts';

let folder: string;
let data: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'psso monitor export '));
  data = join(folder, 'data');
  const scenario = join(import.meta.dirname, '../../scenarios/registration-needs-repair.ndjson');
  await replayInto(data, scenario);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const psso = (...args: string[]) => cli(['export', ...args, '--data-dir', data]);
const events = () => {
  const reader = openReader({ path: join(data, 'events.db') });
  try {
    return reader.events({});
  } finally {
    reader.close();
  }
};

describe('export', () => {
  test('as SQLite, writes one private file with the same views', () => {
    const out = join(folder, 'copy.db');
    expect(psso('--format', 'sqlite', '--out', out)).toMatchObject({
      status: 0,
      stdout: `Written: ${out}\n`,
    });
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).filter((name) => name.startsWith('copy.db'))).toEqual(['copy.db']);
    for (const view of ['v_events', 'v_issues', 'v_sync', 'v_state']) {
      const ask = (path: string) =>
        execFileSync(
          'sqlite3',
          [
            '-readonly',
            path,
            `SELECT * FROM ${view === 'v_issues' ? '(SELECT issue, opened_at, resolved_at FROM v_issues)' : view}`,
          ],
          { encoding: 'utf8' },
        );
      expect(ask(out)).toBe(ask(join(data, 'events.db')));
    }
    // The agent memory says when the Mac was in use. Its pages are gone too.
    const memory = (path: string) => readFileSync(path, 'latin1').includes('"stretches"');
    expect([memory(join(data, 'events.db')), memory(out)]).toEqual([true, false]);
  });

  test('of a range, omits other rows, also from the pages of the file', () => {
    const all = events();
    const middle = all[Math.floor(all.length / 2)]?.at ?? '';
    const out = join(folder, 'range.db');
    psso('--format', 'sqlite', '--out', out, '--since', middle);
    const reader = openReader({ path: out });
    const kept = reader.events({});
    reader.close();
    expect(kept.map(({ id }) => id)).toEqual(all.filter(({ at }) => at >= middle).map(({ id }) => id));
    // An issue or a cycle that had ended, or not begun, is left out of every format.
    const first = all[0]?.at ?? '';
    for (const view of ['issues', 'sync']) {
      expect(psso('--view', view).stdout).not.toBe('');
      expect(psso('--view', view, '--until', '2001-01-01').stdout).toBe('');
      expect(psso('--view', view, '--since', first).stdout).toBe(psso('--view', view).stdout);
    }
    expect(psso('--view', 'events', '--until', middle).stdout.trim().split('\n').length).toBe(
      all.filter(({ at }) => at <= middle).length,
    );
  });

  test('is complete while the agent writes', async () => {
    const [sysroot, live] = [join(folder, 'mac'), join(folder, 'live')];
    installSysroot(sysroot);
    const agent = start(['run', '--sysroot', sysroot, '--data-dir', live, '--every', '1']);
    try {
      await until(() => existsSync(join(live, 'state.plist')), 'a poll');
      const out = join(folder, 'live.db');
      expect(cli(['export', '--format', 'sqlite', '--out', out, '--data-dir', live]).status).toBe(0);
      const reader = openReader({ path: out });
      expect(reader.events({}).map(({ kind }) => kind)).toContain('agent-started');
      expect(reader.state().length).toBeGreaterThan(5);
      reader.close();
    } finally {
      agent.child.kill('SIGKILL');
      await agent.ended;
    }
  });

  test('as NDJSON, has the rows of all views, or of one', () => {
    const lines = psso()
      .stdout.trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(new Set(lines.map(({ view }) => view))).toEqual(new Set(['events', 'issues', 'sync', 'state']));
    for (const line of lines) expect(z.parse(exportOutput, line)).toEqual(line);
    expect(psso('--view', 'all', '--out', '-').stdout).toBe(psso().stdout);
    const only = psso('--view', 'events')
      .stdout.trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(only).toEqual(events().map((row) => ({ view: 'events', ...row })));
  });

  test('as CSV, has a header, and no cell is a formula', () => {
    const other = join(folder, 'formula');
    const store = openStore({ path: join(other, 'events.db'), agentVersion: '=1+1', now: Date.now() });
    const event = {
      at: Date.now(),
      kind: 'gap',
      issue: null,
      severity: 'low',
      from: null,
      to: null,
      data: {},
    } as const;
    store.commit({
      at: Date.now(),
      macos: '15.6',
      events: [{ ...event, summary: '=HYPERLINK("x"),"y"' }],
      episodes: [],
      syncCycles: [],
      state: {},
      memory: null,
    });
    store.close();
    const { stdout } = cli(['export', '--format', 'csv', '--data-dir', other]);
    expect(cli(['export', '--format', 'csv', '--view', 'events', '--data-dir', other]).stdout).toBe(stdout);
    expect(stdout.split('\n')[0]).toBe(
      'id,at,kind,issue,severity,summary,detail,from_state,to_state,macos,agent_version',
    );
    expect(stdout).toContain(`"'=HYPERLINK(""x""),""y"""`);
    expect(stdout).toContain("'=1+1");
  });

  test('never overwrites a file without --force, and names wrong usage', () => {
    const out = join(folder, 'there.ndjson');
    writeFileSync(out, 'mine');
    expect(psso('--out', out)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('exists already'),
    });
    expect(readFileSync(out, 'utf8')).toBe('mine');
    expect(psso('--out', out, '--force').status).toBe(0);
    expect(readFileSync(out, 'utf8')).toContain('agent-started');
    expect(psso('--format', 'xlsx')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('there is no format "xlsx"'),
    });
    expect(psso('--out', join(folder, 'no/such/folder'))).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('its folder does not exist'),
    });
    const nowhere = join(folder, 'no/such/copy.db');
    expect(psso('--format', 'sqlite', '--out', nowhere)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(nowhere),
    });
    expect(cli(['export', '--data-dir', join(folder, 'nowhere')]).stderr).toContain('There is no history');
  });

  test.each([
    [{ format: 'sqlite' }, 'sqlite needs an output'],
    [{ format: 'sqlite', out: '-' }, 'sqlite needs an output'],
    [{ format: 'sqlite', out: 'x', view: 'events' }, '--view is for'],
    [{ format: 'csv', view: 'all' }, '--view events'],
    [{ format: 'ndjson', view: 'nonsense' }, 'there is no view "nonsense"'],
  ])('%j is wrong usage', (options, says) => {
    expect(() => optionsOf(options, 0)).toThrow(
      expect.objectContaining({ name: 'UsageError', message: expect.stringContaining(says) }),
    );
  });
});
