import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { needsLinux } from '../../helpers/needs.ts';
import { replayInto } from '../../helpers/replay-into.ts';
import { linesOnTerminal } from '../../helpers/terminal.ts';

const program = join(import.meta.dirname, 'processes/print-every-command.ts');
const scenarios = join(import.meta.dirname, '../status-scenarios');
const scenario = join(scenarios, 'stricter-password-rules.ndjson');

/** An address, a path or a command that is alone on its line, with the name of an example before it. */
const toCopy =
  /^\s*(?:[-→$] )?[`(]?(?:psso-monitor|app-sso|https?:|x-apple\.|open|sudo|npm|sqlite3|[/~"])[^ ]*/;

describe('on a terminal', () => {
  needsLinux('script(1) of util-linux makes the terminal');
  let folder: string;
  let args: string[];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'psso-monitor-fits-'));
    const [data, fleet] = [join(folder, 'data'), join(folder, 'fleet')];
    mkdirSync(fleet);
    for (const name of ['stricter-password-rules', 'company-portal-removed']) {
      const replayed = name === 'stricter-password-rules' ? data : join(folder, name);
      await replayInto(replayed, join(scenarios, `${name}.ndjson`));
      copyFileSync(join(replayed, 'events.db'), join(fleet, `${name}.db`));
    }
    args = [data, fleet, folder, scenario];
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([40, 60, 80, 100, 160])('of %i columns no line of any command is wider', (columns) => {
    const lines = linesOnTerminal(columns, args, program);
    expect(lines.filter((line) => line.startsWith('===== ')).length).toBeGreaterThan(40);
    const isWide = (line: string) => stringWidth(line) > columns && !line.startsWith('===== ');
    expect(lines.filter((line) => isWide(line) && !toCopy.test(line))).toEqual([]);
  });

  test('a command to copy has a line of its own', () => {
    const lines = linesOnTerminal(160, args, program).filter((line) => !/^(?:===== |Usage: )/.test(line));
    const command = /(?<!`)\b(?:npm run -s psso-monitor -- [a-z]|sudo [a-z])/;
    expect(lines.filter((line) => command.test(line)).length).toBeGreaterThan(10);
    expect(lines.filter((line) => command.test(line) && !toCopy.test(line))).toEqual([]);
  });
});
