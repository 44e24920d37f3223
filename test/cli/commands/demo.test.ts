import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readingTime } from '../../../agent/cli/print/demo-text.ts';
import { checkoutCli } from '../../helpers/cli.ts';

const checkout = fileURLToPath(new URL('../../..', import.meta.url));
const reports = () => readdirSync(checkout).filter((name) => name.startsWith('psso-monitor-report-'));

/** The last lines that the demo prints, as a person would copy them. */
function commandsOf(printed: string): string[] {
  return printed.split('\n').filter((line) => line.startsWith('  npm run '));
}

function asPrinted(command: string) {
  return spawnSync('/bin/sh', ['-c', command], {
    cwd: checkout,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
}

describe('demo', () => {
  const { status, stdout, stderr } = checkoutCli(['demo'], { env: { TZ: 'UTC' } });

  test('has a cause and an end', () => {
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const scenario = [
      'state    Platform SSO works.',
      'happens  Microsoft’s Company Portal',
      'happens  The Mac loses its registration',
      'records  The device registration was lost.',
      'finds    Most likely: Company Portal was updated 15 minutes before',
      'state    Platform SSO needs attention.',
      'tells    Your work sign-in needs to be repaired.',
      'happens  Alex follows the notification',
      'records  Resolved:',
      'tells    Work sign-in is working again.',
      'showed 2 notifications',
    ];
    const places = scenario.map((words) => stdout.indexOf(words));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    // Two for the user: the one request, and the end.
    expect(stdout.match(/^\d\d:\d\d {2}tells/gm)).toHaveLength(2);
  });

  test('has no raw words of the agent', () => {
    expect(stdout).not.toMatch(/\b[a-z]+-[a-z]+-[a-z]+:|\d{4}-\d\d-\d\dT|needs-attention|userPresent|\{/);
  });

  test('its three commands work as printed and say the right thing', () => {
    const [status = '', explain = '', report = '', ...rest] = commandsOf(stdout);
    expect(rest).toEqual([]);
    for (const command of [status, explain, report]) expect(command.length).toBeLessThan(80);
    const state = asPrinted(status);
    expect(state).toMatchObject({ status: 0, stderr: '' });
    expect(state.stdout).toMatch(/^Platform SSO works\.\nSince /);
    const explained = asPrinted(explain);
    expect(explained).toMatchObject({ status: 0, stderr: '' });
    expect(explained.stdout).toContain('resolved after 25 min');
    expect(explained.stdout).toContain('Most likely: Company Portal was updated 15 minutes before');

    const before = reports();
    onTestFinished(() => {
      for (const name of reports()) if (!before.includes(name)) rmSync(join(checkout, name));
    });
    expect(report).toMatch(/ report .*--open$/);
    // A Mac's browser does not open for a test.
    const made = asPrinted(process.platform === 'darwin' ? report.replace(' --open', '') : report);
    expect(made).toMatchObject({ status: 0, stderr: '' });
    const [name = ''] = reports().filter((one) => !before.includes(one));
    if (process.platform !== 'darwin')
      expect(made.stdout).toContain(pathToFileURL(join(checkout, name)).href);
    expect(readFileSync(join(checkout, name), 'utf8').slice(0, 15)).toBe('<!doctype html>');
    const ignored = spawnSync('git', ['check-ignore', '-q', name], { cwd: checkout });
    if (existsSync(join(checkout, '.git'))) expect(ignored.status).toBe(0);
  });

  test('begins again each time, and never writes into a history', () => {
    expect(checkoutCli(['demo'])).toMatchObject({ status: 0, stderr: '' });
    const folder = mkdtempSync(join(tmpdir(), 'psso-monitor-demo-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, 'events.db'), '');
    expect(checkoutCli(['demo', '--data-dir', folder])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(`there is a history in ${folder}; choose another folder`),
    });
  });

  test('waits as long as a person reads', () => {
    expect(readingTime('')).toBe(0);
    expect(readingTime('Platform SSO works.')).toBeLessThan(readingTime('Platform SSO works. '.repeat(5)));
  });
});
