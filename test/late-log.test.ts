import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LateLog } from '../agent/late-log.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'psso monitor late log '));
  file = join(folder, 'agent.log');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const said = () =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).msg);

test('what is said before the log is opened is in it, in order and once, and then what is said after', async () => {
  const log = new LateLog(file);
  log.info({ version: '1' }, 'Started.');
  log.warn({}, 'Careful.');
  expect(existsSync(file)).toBe(false);
  await Promise.all([log.open(), log.open()]);
  log.error({}, 'Broken.');
  await log.open();
  expect(said()).toEqual(['Started.', 'Careful.', 'Broken.']);
});

test('the level holds for what was said before, and can be set at any time', async () => {
  const log = new LateLog(file);
  log.info({}, 'Not worth a line.');
  log.warn({}, 'Worth one.');
  log.level = 'warn';
  await log.open();
  log.info({}, 'Nor this.');
  log.level = 'info';
  log.info({}, 'But this.');
  expect(said()).toEqual(['Worth one.', 'But this.']);
});
