import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandTree } from '../../../agent/cli/main.ts';
import { asCalled } from '../../../agent/cli/print/as-called.ts';
import { checkoutCli } from '../../helpers/cli.ts';
import { replayInto } from '../../helpers/replay-into.ts';

const scenario = join(import.meta.dirname, '../../../scripts/pictures/lost-registration.ndjson');

describe('a command in a text', () => {
  test('has the name and the options of the call', () => {
    const place = { dataDir: 'my folder' };
    expect(asCalled('For details: psso-monitor doctor', place)).toBe(
      "For details: npm run -s psso-monitor -- doctor --data-dir 'my folder'",
    );
    expect(asCalled('psso-monitor catalogue', place)).toBe('npm run -s psso-monitor -- catalogue');
    expect(asCalled('(psso-monitor --help lists the commands)')).toBe(
      '(npm run -s psso-monitor -- --help lists the commands)',
    );
  });

  test('keeps the history that it names itself', () => {
    expect(asCalled('psso-monitor report --database pulled/', { dataDir: 'pulled' })).toBe(
      'npm run -s psso-monitor -- report --database pulled/',
    );
  });

  test('is no command in the name of a file or of the program', () => {
    for (const text of [
      'psso-monitor-report-2.html',
      'psso-monitor: wrong',
      'io.github.psso-monitor is',
      'another psso-monitor writes',
    ])
      expect(asCalled(text, { dataDir: 'data' })).toBe(text);
  });

  test('gets only the options that it takes', async () => {
    for (const command of (await commandTree()).commands) {
      const takes = new Set(command.options.map(({ long }) => long));
      const called = asCalled(`psso-monitor ${command.name()}`, { database: 'a.db', user: 'sam' });
      for (const option of called.matchAll(/ (--[a-z-]+) \S/g)) expect(takes, called).toContain(option[1]);
      if (takes.has('--database')) expect(called).toContain('--database a.db');
      expect(called).toContain(`psso-monitor -- ${command.name()}`);
    }
  });
});

describe('a command that an output of the checkout names', () => {
  let data: string;
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'psso-monitor-called-'));
    await replayInto(data, scenario);
  });
  afterAll(() => rmSync(data, { recursive: true, force: true }));

  test.each([
    [['status']],
    [['explain']],
    [['doctor']],
    [['sync']],
    [['events']],
    [['validate']],
    [['config']],
    [['explain', 'zzz']],
    [['zzz']],
    [['status', '--help']],
  ])('can be copied: %j', (args) => {
    const { stdout, stderr } = checkoutCli([...args, '--data-dir', data]);
    const text = `${stdout}${stderr}`;
    const named = [...text.matchAll(/(.{0,11})\bpsso-monitor (?:-- )?([a-z-]+)([^\n]*)/g)];
    expect(named).not.toEqual([]);
    for (const [whole, before, command = '', after] of named) {
      expect(before, whole).toMatch(/npm run -s $/);
      if (!args.includes('--help') && ['explain', 'status', 'doctor', 'sync', 'events'].includes(command))
        expect(after, whole).toContain(` --data-dir ${data}`);
    }
  });
});
