import { expect, test } from 'vitest';
import { pages } from '../shell/shell-texts.ts';

/** More words in a row than two pages may share by chance, such as the columns of a view. */
const most = 20;

/** Made from the catalogue, whose articles share their remedies. */
const generated = ['docs/known-issues.md'];

test('no page repeats a passage of another one: link to it', () => {
  const seen = new Map<string, string>();
  const doubles = new Map<string, string>();
  for (const { name, text } of pages().filter((page) => !generated.includes(page.name))) {
    const prose = text.replaceAll(/^( *)```.*\n[\s\S]*?^\1```$/gm, ' ');
    const words = prose.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    for (let at = 0; at + most < words.length; at += 1) {
      const passage = words.slice(at, at + most).join(' ');
      const other = seen.get(passage);
      if (other === undefined) seen.set(passage, name);
      else if (other !== name && !doubles.has(`${other}, ${name}`)) doubles.set(`${other}, ${name}`, passage);
    }
  }
  expect(Object.fromEntries(doubles)).toEqual({});
});
