import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkout, snippets } from '../shell/shell-texts.ts';

/** test/docs/pages.test.ts runs the blocks that have no mark, and says what the marks mean. */
const commands = snippets().filter(({ language }) => language === 'sh');

/** Programs and services that a page may need. */
const needed = ['ajv-cli', 'aws', 'azcopy', 'duckdb'];

test('each block of commands says who runs it', () => {
  const problems = commands.flatMap(({ name, mark }) => {
    if (/^(?:|exits-[0-3]|mac)$/.test(mark)) return [];
    if (needed.includes(mark.replace(/^needs /, ''))) return [];
    if (mark !== '' && !mark.includes(' ') && existsSync(join(checkout, mark))) return [];
    return [`${name}: "${mark}" is neither exits-N, mac, needs PROGRAM, nor a test that is there`];
  });
  expect(problems).toEqual([]);
});
