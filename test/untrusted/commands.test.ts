import { spawnSync } from 'node:child_process';
import { chownSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { cli, type Ran } from '../helpers/cli.ts';
import { skipTest } from '../helpers/needs.ts';
import { databaseIn, temporaryFolder } from '../store/samples.ts';
import { changed, history, hostile, traps } from './untrusted-databases.ts';

const readers: readonly (readonly string[])[] = [
  ['status', '--json'],
  ['events', '--json'],
  ['issues', '--all', '--json'],
  ['sync', '--json'],
  ['explain', 'registration-lost', '--json'],
  ['export'],
  ['advice'],
  ['attribute', 'headline'],
];

const endless = 'WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n';

/** Without how long an issue has been open. */
function timeless({ stdout, ...ran }: Ran): Ran {
  return { ...ran, stdout: stdout.replace(/"open_seconds": ?"\d+"/g, '') };
}

describe('a command that reads the database of another person', () => {
  it.each(readers)('runs no view of the file: %s', (...args) => {
    const folder = temporaryFolder();
    const plain = history(databaseIn(folder));
    const expected = timeless(cli([...args, '--data-dir', folder]));
    const views = ['v_events', 'v_issues', 'v_sync', 'v_state'].map(
      (view) => `DROP VIEW ${view}; CREATE VIEW ${view} AS ${endless};`,
    );
    changed(plain, views.join('\n'));
    expect(timeless(cli([...args, '--data-dir', folder]))).toEqual(expected);
  });

  it.each(traps)('is not held up by %s', (_, sql) => {
    const folder = temporaryFolder();
    changed(history(databaseIn(folder)), sql);
    const { status, stdout } = cli(['events', '--json', '--data-dir', folder]);
    expect([status, stdout.trim().split('\n').length]).toEqual([0, 1]);
  });

  it.each(hostile)('refuses %s in one sentence', (_, sql) => {
    const folder = temporaryFolder();
    changed(history(databaseIn(folder)), sql);
    const { status, stderr } = cli(['events', '--json', '--data-dir', folder]);
    expect([0, 1]).toContain(status);
    expect(stderr).not.toContain('unexpected');
    expect(stderr.trim().split('\n').length).toBe(1);
  });

  it('does not follow a database with other views', () => {
    const folder = temporaryFolder();
    changed(history(databaseIn(folder)), 'CREATE VIEW another AS SELECT 1;');
    expect(cli(['events', '--follow', '--data-dir', folder])).toMatchObject({ status: 2 });
  });

  it.each(['-wal', '-shm', '-journal'])('refuses a FIFO or an endless file as the %s', (suffix) => {
    for (const make of [
      (file: string) => spawnSync('mkfifo', [file]),
      (file: string) => symlinkSync('/dev/zero', file),
    ]) {
      const folder = temporaryFolder();
      make(`${history(databaseIn(folder))}${suffix}`);
      const { status, stderr } = cli(['status', '--data-dir', folder]);
      expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('is not a file') });
    }
  });

  it.each(readers)(
    'reads the file of another owner with the rights of that owner only: %s',
    async (...args) => {
      if (process.getuid?.() !== 0) skipTest('needs root');
      const copies = () => readdirSync('/var/tmp').filter((name) => name.startsWith('psso-monitor-read-'));
      const before = copies();
      const folder = temporaryFolder();
      const path = history(databaseIn(folder));
      const expected = timeless(cli([...args, '--data-dir', folder]));
      for (const of of [path, folder]) chownSync(of, 501, 501);
      expect(timeless(cli([...args, '--data-dir', folder]))).toEqual(expected);
      expect(statSync(path).uid).toBe(501);
      // Commands of other tests have copies there too, as long as they run.
      const left = copies().filter((name) => !before.includes(name));
      await vi.waitFor(() => expect(copies().filter((name) => left.includes(name))).toEqual([]), 30_000);
    },
  );

  it('makes no copy of a database that is as this version writes it', () => {
    const folder = temporaryFolder();
    history(databaseIn(folder));
    const { stderr } = cli(['status', '--data-dir', folder], { env: { TMPDIR: join(folder, 'missing') } });
    expect(stderr).toBe('');
  });

  const attack = 'a\u001b]0;title\u0007b\u001b[2Jc\u001b[8md\u009b31me\u202ef\rg';
  const controls = /[[\p{Cc}\p{Bidi_Control}]--\n]/v;

  it.each([...readers, ['events'], ['issues', '--all'], ['status'], ['explain', 'registration-lost']])(
    'lets no terminal obey a text of the database: %s',
    (...args) => {
      const folder = temporaryFolder();
      const quoted = `'${attack}'`;
      changed(
        history(databaseIn(folder)),
        `DROP TRIGGER IF EXISTS event_no_update;
       UPDATE issue_episode SET summary = ${quoted}; UPDATE state SET value = ${quoted};
       INSERT INTO event SELECT 99, at, kind, 'registration-lost', severity, ${quoted}, from_state, to_state, json_object('a', ${quoted}), macos, agent_version FROM event LIMIT 1;`,
      );
      const { stdout, stderr } = cli([...args, '--data-dir', folder]);
      expect(stdout).not.toMatch(controls);
      expect(stderr).not.toMatch(controls);
    },
  );

  it('begins no formula in a cell, whatever separates the cells', () => {
    const folder = temporaryFolder();
    const texts = ['=1', 'a;=1', 'a\t+1', 'a"; @x', 'a|-1;=2', '-5', ' =1', '＝1', 'a; ＋1', '\r=1', 'a\n-x'];
    history(databaseIn(folder), texts);
    const { stdout } = cli(['export', '--format', 'csv', '--view', 'events', '--data-dir', folder]);
    for (const separator of [',', ';', '\t', '|'])
      for (const cell of stdout.split(new RegExp(`[${separator}\n]`)))
        expect(cell.trim().replace(/^"+/, '')).not.toMatch(/^[=+@＝＋－＠]|^-\D/);
  });
});
