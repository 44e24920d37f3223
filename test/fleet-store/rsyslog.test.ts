import { spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { needsLinux } from '../helpers/needs.ts';
import { until } from '../helpers/until.ts';
import { eventfulDay, live, pull, testFolder, update } from './store-of.ts';

/** The configuration of docs/admin/logs-rsyslog.md, in the real rsyslog of Debian. */

const folder = testFolder();

function configuration(into: { records: string; out: string; work: string }): string {
  const page = readFileSync(join(import.meta.dirname, '../../docs/admin/logs-rsyslog.md'), 'utf8');
  const shown = /```text\n(# \/etc\/rsyslog\.d\/[\s\S]*?)```/.exec(page)?.[1] ?? '';
  for (const path of ['/srv/psso-monitor', '/var/log/psso-monitor.ndjson']) expect(shown).toContain(path);
  // What Debian's rsyslog.conf sets.
  const ofDebian = `global(workDirectory="${into.work}")\n`;
  return (
    ofDebian +
    shown.replace('/srv/psso-monitor', into.records).replace('/var/log/psso-monitor.ndjson', into.out)
  );
}

const linesIn = (text: string) => text.split('\n').slice(0, -1).sort();
const digestOf = (lines: readonly string[]) => hash('sha256', lines.map((line) => `${line}\n`).join(''));

needsLinux('rsyslog');

test('rsyslog passes on every line unchanged, also of a file that comes while it runs', async () => {
  const [mac, pulls, store, records, work] = ['mac', 'pulls', 'store', 'records', 'work'].map((name) =>
    folder.path(name),
  ) as [string, string, string, string, string];
  const out = folder.path('out.ndjson');
  for (const made of [pulls, work]) mkdirSync(made);
  const pullAs = (name: string, digit: string, detail: string) => {
    const path = join(pulls, `${name}.db`);
    pull(mac, path);
    const db = new Database(path);
    db.exec(`UPDATE state SET value = '${digit.repeat(32)}' WHERE key = 'history'`);
    db.prepare(
      `INSERT INTO event (at, kind, severity, summary, detail, macos, agent_version)
       SELECT max(at), 'gap', 'info', 'Ünïcode 安 😀 "quoted" \\ %msg%', ?, '15.6', '1.0.0' FROM event`,
    ).run(detail);
    db.close();
  };
  await live(mac, '2026-03-02T08:00:00Z', eventfulDay);
  // Up to the longest line, and past it.
  for (let index = 0; index < 9; index++)
    pullAs(`mac-${index}`, String(index), JSON.stringify({ text: `${'安'.repeat(350 * index)}\\` }));
  update(pulls, store, '--ndjson', records);

  const config = folder.path('rsyslog.conf');
  writeFileSync(config, configuration({ records, out, work }));
  const child = spawn('rsyslogd', ['-n', '-f', config, '-i', folder.path('pid')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = Promise.all([textOf(child.stdout), textOf(child.stderr)]);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const given = () =>
    readdirSync(records)
      .filter((name) => name.endsWith('.ndjson'))
      .map((name) => readFileSync(join(records, name), 'utf8'))
      .join('');
  const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const all = () => until(() => sizeOf(out) >= Buffer.byteLength(given()), 'the lines of rsyslog');
  await all();
  await live(mac, '2026-03-03T08:00:00Z', eventfulDay);
  for (let index = 0; index < 9; index++) pullAs(`mac-${index}`, String(index), '{}');
  update(pulls, store, '--ndjson', records);
  await all();
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;

  const [sent, got] = [linesIn(given()), linesIn(readFileSync(out, 'utf8'))];
  expect(sent.length).toBeGreaterThan(300);
  expect(Math.max(...sent.map((line) => Buffer.byteLength(line)))).toBeGreaterThan(7_000);
  expect(got.length, (await said).join('')).toBe(sent.length);
  expect(digestOf(got)).toBe(digestOf(sent));
});
