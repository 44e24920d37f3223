import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'plist';
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

test('each block of JSON is JSON, and each block of XML is well-formed', () => {
  const broken = snippets().flatMap(({ name, language, text }) => {
    try {
      if (language === 'json') JSON.parse(text);
      // A fragment of a property list, or a whole one.
      if (language === 'xml') parse(text.includes('<plist') ? text : `<plist><array>${text}</array></plist>`);
      return [];
    } catch (error) {
      return [`${name}: ${error instanceof Error ? error.message : error}`];
    }
  });
  expect(broken).toEqual([]);
});
