import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { issueOption } from '../../../agent/cli/options/issue-option.ts';
import { openStore } from '../../../agent/store/sqlite-store.ts';
import { cli, start } from '../../helpers/cli.ts';
import { until } from '../../helpers/until.ts';
import { batch, cycle, episode, event, noon } from '../../store/samples.ts';

const hour = 3_600_000;
const day = 24 * hour;
let data: string;

/** A month with a routine event a day; in its last week an update, and a lost registration. */
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'psso-monitor-matters-'));
  const store = openStore({ path: join(data, 'events.db'), agentVersion: '1.2.3', now: noon });
  const routine = Array.from({ length: 30 }, (_, index) =>
    event({ at: noon - (30 - index) * day, summary: `routine ${index}` }),
  );
  const lost = { issue: 'registration-needs-repair', severity: 'high' } as const;
  store.commit(
    batch({
      events: [
        event({ at: noon - 31 * day, kind: 'source-failed', severity: 'low', summary: 'old trouble' }),
        ...routine,
        event({ at: noon - day, kind: 'macos-updated', summary: 'macOS updated from 15.6 to 26.1' }),
        event({ ...lost, at: noon, kind: 'issue-opened', summary: 'The registration is gone.' }),
      ],
      episodes: [episode({ ...lost, openedAt: noon })],
      syncCycles: [
        cycle({
          staleFrom: noon - 20 * day,
          dueAt: noon - 20 * day + 4 * hour,
          refreshedAt: noon - 19 * day,
          outcome: 'password-synced',
          lagSeconds: 20 * 3600,
          activeLagSeconds: 600,
        }),
        cycle({ staleFrom: noon - 2 * day, refreshedAt: noon - day, outcome: 'token-refreshed' }),
        cycle({ staleFrom: noon - day, dueAt: noon - day + 4 * hour }),
      ],
      state: { headline: 'needs-attention', registration: 'none', 'app-sso': 'notRegistered' },
    }),
  );
  store.close();
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

const printed = (...args: string[]) => cli([...args, '--data-dir', data], { env: { TZ: 'UTC' } }).stdout;

describe('events', () => {
  test('shows the last week without routine, and says what it left out', () => {
    expect(printed('events').trimEnd().split('\n')).toEqual([
      '2026-01-30 12:00:00  macos-updated  macOS updated from 15.6 to 26.1',
      '2026-01-31 12:00:00  issue-opened   The registration is gone.',
      '2 events since 2026-01-24 12:00.',
      'Left out: 7 routine events, and older events. To see all:',
      `  psso-monitor events --data-dir ${data} --all`,
      'Times in UTC.',
    ]);
  });

  test('a severity never leaves a change out, and JSON keeps its strict filter', () => {
    expect(printed('events', '--severity', 'high')).toContain('macOS updated from 15.6 to 26.1');
    expect(printed('events', '--severity', 'high')).not.toContain('old trouble');
    const rows = printed('events', '--severity', 'high', '--json').trim().split('\n');
    expect(rows.map((row) => JSON.parse(row).kind)).toEqual(['issue-opened']);
  });

  test.each([
    { args: ['--all'], rows: 33 },
    { args: ['--last', '40'], rows: 33 },
    { args: ['--kind', 'token-refreshed'], rows: 30 },
    { args: ['--text', 'routine'], rows: 30 },
    { args: ['--since', '2026-01-01'], rows: 2 },
    { args: ['--json'], rows: 33 },
  ])('$args shows $rows events', ({ args, rows }) => {
    const lines = printed('events', ...args)
      .trimEnd()
      .split('\n');
    expect(lines.filter((line) => /^(?:\d{4}-|\{)/.test(line)).length).toBe(rows);
  });
});

describe('sync', () => {
  test('shows what is late or new of the last week, with a summary', () => {
    const lines = printed('sync').trimEnd().split('\n');
    expect(lines[1]).toMatch(/^2026-01-30 12:00:00 +2026-01-30 16:00:00 +– +– +open +–$/);
    expect(lines.slice(2)).toEqual([
      '2 token cycles since 2026-01-23 16:00: 1 late, 0 with a new password. Times in UTC.',
      'Left out: 2 token cycles. To see all:',
      `  psso-monitor sync --data-dir ${data} --all`,
    ]);
  });

  test('--late shows late cycles of any age, --all shows all', () => {
    expect(printed('sync', '--late')).toContain('2 token cycles: 2 late, 1 with a new password.');
    expect(printed('sync', '--all')).toContain('3 token cycles: 2 late, 1 with a new password.');
    expect(JSON.parse(printed('sync', '--json')).length).toBe(3);
    expect(JSON.parse(printed('sync', '--late', '--json')).length).toBe(2);
  });
});

describe('sync --since', () => {
  test('shows a cycle that began before and is still open', () => {
    expect(printed('sync', '--since', '2026-01-31')).toContain(
      '1 token cycle: 1 late, 0 with a new password.',
    );
    expect(JSON.parse(printed('sync', '--since', '2026-01-31', '--json'))).toEqual([
      expect.objectContaining({ stale_from: '2026-01-30T12:00:00Z', outcome: 'open' }),
    ]);
  });
});

describe('explain', () => {
  test('without an issue explains what is open', () => {
    const all = printed('explain');
    expect(all).toContain('(registration-needs-repair)');
    expect(all).toContain('Open since 2026-01-31 12:00');
    const rows = printed('explain', '--json').trim().split('\n');
    expect(rows.map((row) => JSON.parse(row).entry.id)).toEqual(['registration-needs-repair']);
  });

  test('takes the beginning of one issue', () => {
    expect(printed('explain', 'registration-n')).toBe(printed('explain', 'registration-needs-repair'));
  });

  test.each([
    [
      'registration',
      /^several issues begin with "registration"\. Did you mean .*registration-needs-repair.* or /,
    ],
    ['regsitration-needs-repair', /^there is no issue .*Did you mean registration-needs-repair\?$/],
    ['regsitration-n', /^there is no issue .*Did you mean registration-needs-repair\?$/],
    ['repair', /^there is no issue "repair".*Did you mean registration-needs-repair\?$/],
    ['zzz', /^there is no issue "zzz"; `psso-monitor catalogue` lists them\.$/],
    ['', /^there is no issue "";/],
  ])('%j names what is near', (text, says) => {
    expect(() => issueOption(text)).toThrow(says);
  });
});

test('status --watch prints at once, and ends with the status of what it saw', async () => {
  const { child, ended } = start(['status', '--watch', '--json', '--data-dir', data]);
  const lines: string[] = [];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    lines.push(text);
    child.kill('SIGINT');
  });
  const { status, stderr } = await ended;
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  expect(JSON.parse(lines.join('')).openIssues.length).toBe(1);
});

test('status --watch --json prints a line for a change, and none because time passes', async () => {
  const [mac, polled] = [join(data, 'mac'), join(data, 'polled')];
  expect(cli(['simulate', mac]).status).toBe(0);
  expect(cli(['once', '--sysroot', mac, '--data-dir', polled]).status).toBe(0);
  const { child, ended } = start(['status', '--watch', '--json', '--data-dir', polled]);
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (more: string) => {
    text += more;
  });
  await until(() => text.endsWith('\n'), 'the first line');
  // The time in which it reads again twice.
  await sleep(5000);
  child.kill('SIGINT');
  await ended;
  expect(text.trim().split('\n').length).toBe(1);
});
