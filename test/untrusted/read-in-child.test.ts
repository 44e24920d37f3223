import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { copyUntrustedFiles } from '../../agent/untrusted/copy-untrusted-files.ts';
import { giveCopyTo } from '../../agent/untrusted/give-copy-to.ts';
import { readInChild } from '../../agent/untrusted/read-in-child.ts';
import type { TableRow } from '../../agent/untrusted/table-rows.ts';
import { entry } from '../helpers/cli.ts';
import { skipTest } from '../helpers/needs.ts';
import { databaseIn, opened, temporaryFolder } from '../store/samples.ts';
import { changed, history } from './untrusted-databases.ts';

/** A child as an attacker's file could make it. */
const childThat = (does: string) => {
  const file = join(temporaryFolder(), 'child.mjs');
  writeFileSync(file, does);
  return [file];
};
const row = JSON.stringify({ table: 'state', row: { key: 'a', value: 'b'.repeat(5000), since: 0 } });
const limits = { timeMs: 20_000, printed: 1_000_000, line: 10_000 };
const refused = (args: readonly string[], change: Partial<typeof limits> = {}) =>
  expect(readInChild(args, () => {}, { ...limits, ...change })).rejects;

describe('readInChild', () => {
  it('reads row by row, and returns the schema version', async () => {
    const path = history(databaseIn(temporaryFolder()), ['one', 'two']);
    const rows: TableRow[] = [];
    expect(await readInChild([entry, 'read-copy', path], (row) => rows.push(row))).toBe(1);
    expect(rows.map(({ table }) => table)).toEqual([
      'event',
      'event',
      'issue_episode',
      'sync_cycle',
      'state',
      'state',
    ]);
  });

  it('throws the reason when the child cannot read', async () => {
    const path = changed(history(databaseIn(temporaryFolder())), 'DROP TABLE state;');
    await expect(readInChild([entry, 'read-copy', path], () => {})).rejects.toMatchObject({
      reason: 'foreignSchema',
      message: 'it is not a database of PSSO Monitor (it has no table state)',
    });
  });

  it.each([
    ['with its rows in the WAL', true],
    ['with no WAL', false],
  ])('drops privileges before it opens the copy, %s', (_, inUse) => {
    // Only root can drop privileges and change groups.
    if (process.getuid?.() !== 0) skipTest('needs root');
    const [uid, folder] = [12_345, temporaryFolder()];
    const path = databaseIn(folder);
    history(path, ['one']);
    if (inUse) opened(path);
    const copy = join(mkdtempSync('/var/tmp/psso-monitor-rights-'), 'events.db');
    onTestFinished(() => rmSync(dirname(copy), { recursive: true }));
    copyUntrustedFiles(path, copy, null);
    giveCopyTo(uid, copy);
    const script = join(import.meta.dirname, 'processes/rights.ts');
    const said = execFileSync(process.execPath, [script, copy, String(uid)], { encoding: 'utf8' });
    expect(JSON.parse(said)).toEqual({ rows: 5, uid, groups: [uid], maySee: false, regained: false });
    expect(statSync(dirname(copy))).toMatchObject({ uid: 0 });
  });
});

describe('the code of a reader', () => {
  it.each([
    ['writes no file', `(await import('node:fs')).writeFileSync('/tmp/psso-monitor-never', '')`],
    ['starts no process', `(await import('node:child_process')).spawnSync('/bin/true')`],
    ['starts no thread', `new (await import('node:worker_threads')).Worker('1', { eval: true })`],
    [
      'opens no connection',
      `await (await import('node:events')).once((await import('node:net')).connect(9, '127.0.0.1'), 'connect')`,
    ],
  ])('%s', async (_, does) => {
    const told = `let code = null; try { ${does}; } catch (error) { code = error.code; }
      console.log(JSON.stringify({ reason: 'io', detail: String(code) }));`;
    await refused(childThat(told)).toMatchObject({ detail: 'ERR_ACCESS_DENIED' });
  });
});

describe('readInChild ends a child that a file controls', () => {
  it('and that never ends', async () => {
    await refused(childThat('setInterval(() => {}, 1000)'), { timeMs: 300 }).toMatchObject({
      reason: 'tooLarge',
    });
  });
  it('and that fills its memory', async () => {
    const greedy = 'const all = []; for (;;) all.push(Array.from({ length: 100000 }, Math.random));';
    await refused(childThat(greedy)).toMatchObject({
      reason: 'damaged',
      detail: 'the database reader crashed',
    });
  });
  it('and that crashes', async () => {
    await refused(childThat('process.abort()')).toMatchObject({ reason: 'damaged' });
  });
  it('and that ends early', async () => {
    await refused(childThat('')).toMatchObject({ reason: 'damaged' });
  });
  it.each([
    [
      'more than there can be',
      `setInterval(() => process.stdout.write(${JSON.stringify(row)} + '\\n'), 0)`,
      'tooLarge',
    ],
    ['a line without end', `setInterval(() => process.stdout.write('x'.repeat(5000)), 0)`, 'tooLarge'],
    ['an end, and then more', `console.log('{"schemaVersion":1}\\n' + ${JSON.stringify(row)})`, 'damaged'],
    ['an end, and then crashing', `console.log('{"schemaVersion":1}'); process.exitCode = 3`, 'damaged'],
    ['nonsense', `console.log('nonsense')`, 'damaged'],
    ['rows that are none', `console.log('{"table":"event","row":{"id":"1"}}')`, 'damaged'],
    ['tables that are none', `console.log('{"table":"memory","row":{"key":"a","value":"b"}}')`, 'damaged'],
  ])('by printing %s', async (_, does, reason) => {
    await refused(childThat(does)).toMatchObject({ reason });
  });
});
