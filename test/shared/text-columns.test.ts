import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { textColumns } from '../../agent/shared/text-columns.ts';

describe('the columns of a text', () => {
  test.each([
    ['Company Portal', 14],
    ['„Bearbeiten“ > ‘ça’', 19],
    ['「ポータル サイト」', 19],
    ['（Control＋Command＋Q）', 23],
    ['', 0],
  ])('%j: %i', (text, columns) => {
    expect(textColumns(text)).toBe(columns);
  });

  test('are those of a terminal for each letter and mark of Japanese', () => {
    const ranges: [number, number][] = [
      [0x20, 0x17f],
      [0x2010, 0x2044],
      [0x3000, 0x30ff],
      [0x4e00, 0x9fff],
      [0xff01, 0xff60],
    ];
    for (const [first, last] of ranges)
      for (let code = first; code <= last; code++) {
        const character = String.fromCharCode(code);
        if (/\p{L}|\p{P}|\p{N}| /u.test(character))
          expect(textColumns(character), code.toString(16)).toBe(stringWidth(character));
      }
  });
});
