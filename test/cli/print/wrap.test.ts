import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandsOnOwnLines, cutText, wrapText } from '../../../agent/cli/print/wrap-text.ts';
import { isNotifiable, issueIds } from '../../../agent/issues/issues.ts';
import { identityProviders } from '../../../agent/shared/identity-provider.ts';
import { userText } from '../../../agent/texts/user-texts.ts';
import { cli } from '../../helpers/cli.ts';
import { needsLinux } from '../../helpers/needs.ts';
import { replayInto } from '../../helpers/replay-into.ts';
import { linesOnTerminal } from '../../helpers/terminal.ts';

describe('a long line', () => {
  test('breaks between words, and its further lines keep the indentation', () => {
    expect(wrapText('  - one two three four five', 16)).toBe('  - one two\n    three four\n    five');
    expect(wrapText('  ok       one two three', 20)).toBe('  ok       one two\n           three');
    expect(wrapText('Do now: one two three', 14, 2)).toBe('Do now: one\n  two three');
    expect(wrapText('  Since 15:00 until now', 16, 2)).toBe('  Since 15:00\n    until now');
  });

  test('keeps a command and an address whole, each on a line of its own', () => {
    const address = `https://example.com/${'a'.repeat(40)}`;
    expect(wrapText(`- See the page: ${address}`, 30)).toBe(`- See the page:\n  ${address}`);
    const command = '  sudo "/Library/Application Support/PSSO Monitor/bin/psso-monitor" export --all-users';
    expect(wrapText(command, 40)).toBe(command);
    expect(wrapText('To check it, run `app-sso platform -s` on it.', 24)).toContain('`app-sso platform -s`');
  });

  test('a command at its end has a line of its own on any terminal, and in a pipe', () => {
    expect(commandsOnOwnLines('Left out: one. To see all: psso-monitor events --all')).toBe(
      'Left out: one. To see all:\n  psso-monitor events --all',
    );
    expect(commandsOnOwnLines('           → To try it: psso-monitor notify --test')).toBe(
      '           → To try it:\n               psso-monitor notify --test',
    );
    expect(commandsOnOwnLines('In the output of: app-sso platform -s')).toContain('\n  app-sso');
    const failed = "app-sso can't be read (exit): app-sso ended with status 1";
    expect(commandsOnOwnLines(failed)).toBe(failed);
    const prose = 'Do now: open System Settings, and run `sudo killall swcd`.';
    expect(commandsOnOwnLines(prose)).toBe(prose);
  });

  test('counts wide characters and no styles', () => {
    expect(wrapText('\u001b[31m登録 登録 登録\u001b[39m', 10).split('\n')).toHaveLength(2);
    expect(stringWidth(cutText('\u001b[31m登録登録登録\u001b[39m', 8))).toBeLessThanOrEqual(8);
    expect(cutText('short', 5)).toBe('short');
    expect(cutText('a long text', 6)).toBe('a lon…');
  });
});

describe('a Japanese line', () => {
  const step =
    '  2. macOS 14以降では、「システム設定」>「ユーザとグループ」>「ネットワークアカウントサーバ」の「編集」をクリックします。';

  test.each([20, 31, 40, 57, 80])('fits %i columns, filled, with all its characters', (width) => {
    const lines = wrapText(step, width).split('\n');
    for (const line of lines) expect(stringWidth(line), line).toBeLessThanOrEqual(width);
    // A closing mark may pull the character before it to the next line: four columns, or a run such as macOS.
    for (const line of lines.slice(0, -1)) expect(stringWidth(line), line).toBeGreaterThan(width - 8);
    expect(lines.join('').replaceAll(/\s/g, '')).toBe(step.replaceAll(/\s/g, ''));
    for (const line of lines.slice(1)) expect(line).toMatch(/^ {5}\S/);
  });

  test('begins with no closing mark and ends with no opening one', () => {
    for (let width = 12; width <= 90; width++) {
      const lines = wrapText(step, width).split('\n');
      for (const line of lines.slice(1)) expect(line).not.toMatch(/^\s*[」）。、ーャュョッァィゥェォ]/);
      for (const line of lines) expect(line).not.toMatch(/[「（]$/);
    }
  });

  const steps = issueIds
    .filter(isNotifiable)
    .flatMap((issue) => identityProviders.flatMap((provider) => userText(issue, 'ja', { provider }).steps));
  test.each([30, 50, 80])('of advice fits %i columns, below its number', (width) => {
    for (const [index, one] of steps.entries()) {
      const [first, ...further] = wrapText(`  ${(index % 9) + 1}. ${one}`, width).split('\n');
      expect(first).toMatch(/^ {2}\d\. \S/);
      for (const line of further) expect(line).toMatch(/^ {5}[^\s」）。、ーャュョッ]/);
      for (const line of [first ?? '', ...further]) {
        expect(stringWidth(line), line).toBeLessThanOrEqual(width);
        expect(line).not.toMatch(/[「（]$/);
      }
    }
  });

  test('keeps an address whole, and the name and the number of a helpdesk', () => {
    const address = `https://help.contoso.com/${'a'.repeat(20)}`;
    const line = `ITサポート (${address}, +81 3 5550 0123)に連絡してください。`;
    expect(wrapText(line, 30)).toContain(address);
    const styled = `\u001b[1m${'登録を修復する。'.repeat(6)}\u001b[22m`;
    for (const part of wrapText(styled, 24).split('\n')) expect(stringWidth(part)).toBeLessThanOrEqual(24);
  });
});

describe('on a terminal', () => {
  needsLinux('script(1) of util-linux makes the terminal');
  let data: string;
  const open = join(import.meta.dirname, '../../../agent/simulation/working-day.ndjson');
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'psso-monitor-wrap-'));
    await replayInto(data, open);
  });
  afterAll(() => rmSync(data, { recursive: true, force: true }));

  /** An address, a path or a command that is alone on its line. */
  const toCopy = /^\s*(?:[-→] )?[`(]?(?:https?:|x-apple\.|open |sudo |npm run |psso-monitor |\/|~\/)\S*/;

  test.each([
    [80, ['status']],
    [60, ['explain', 'password-change-prompt-pending']],
    [80, ['issues', '--all']],
    [120, ['issues', '--all']],
    [70, ['events']],
    [80, ['sync']],
    [80, ['doctor']],
    [80, ['fleet', '--help']],
    [60, ['--help']],
  ])('of %i columns nothing of %j is wider', (columns, args) => {
    const lines = linesOnTerminal(columns, args.includes('--help') ? args : [...args, '--data-dir', data]);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter((line) => stringWidth(line) > columns && !toCopy.test(line))).toEqual([]);
  });

  test('a table becomes cards where it does not fit, and its columns are cut on a wide terminal', () => {
    const cards = linesOnTerminal(80, ['catalogue', '--data-dir', data]);
    expect(cards).toContainEqual(expect.stringMatching(/^Issue {8}psso-not-registered$/));
    const cut = linesOnTerminal(110, ['catalogue', '--data-dir', data]);
    expect(cut.length).toBe(cli(['catalogue']).stdout.trimEnd().split('\n').length);
    expect(cut.some((line) => line.includes('…'))).toBe(true);
  });

  test('a script gets each text whole', () => {
    const { stdout } = cli(['explain', 'password-change-prompt-pending', '--data-dir', data]);
    expect(stdout.split('\n').some((line) => line.length > 120)).toBe(true);
  });
});
