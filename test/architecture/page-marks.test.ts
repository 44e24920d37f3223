import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'plist';
import { expect, test } from 'vitest';
import { checkout, pages, snippets } from '../shell/shell-texts.ts';

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

// A block without a fence has no mark, is not tried, and makes a page of the site wider than a telephone.
test('no block is made by indentation', () => {
  const indented = pages().flatMap(({ name, text }) => {
    let isInList = false;
    const lines = text
      .replaceAll(/^( *)```[\s\S]*?^\1```$/gm, (block) => block.replaceAll(/[^\n]/g, ''))
      .split('\n');
    return lines.flatMap((line, at) => {
      if (/^\S/.test(line)) isInList = /^(?:[-*+]|\d+\.)\s/.test(line);
      return !isInList && /^ {4,}\S/.test(line) && lines[at - 1] === '' ? [`${name}:${at + 1}`] : [];
    });
  });
  expect(indented).toEqual([]);
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
