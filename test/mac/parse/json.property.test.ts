import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../agent/mac/parse/json.ts';

const deepest = 64;

it.each(['{"a":', '[', '[{"a":'])('refuses what nests deeper in %s', (opening) => {
  const closing = [...opening].toReversed().flatMap((one) => (one === '{' ? '}' : one === '[' ? ']' : []));
  const nested = (times: number) => `${opening.repeat(times)}0${closing.join('').repeat(times)}`;
  const levels = closing.length;
  expect(() => parseJson(nested(deepest / levels))).not.toThrow();
  expect(() => parseJson(nested(deepest / levels + 1))).toThrow('nested too deeply');
});

/** How many levels of brackets a value has: told from the value, not from its text. */
function levelsOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(levelsOf));
}

/**
 * Lists and objects around a value, and beside them what could be miscounted: brackets and quotes inside
 * strings.
 */
const nested = fc
  .record({
    layers: fc.array(fc.constantFrom('list', 'object', 'listWithMore'), { maxLength: 90 }),
    core: fc.jsonValue({ maxDepth: 1 }),
    more: fc.oneof(
      fc.string({ unit: fc.constantFrom('[', '{', '}', ']', '"', '\\', 'a'), maxLength: 120 }),
      fc.array(fc.constantFrom({}, []), { maxLength: 120 }),
    ),
  })
  .map(({ layers, core, more }) =>
    layers.reduce<unknown>((inner, layer) => {
      if (layer === 'list') return [inner];
      return layer === 'object' ? { '["{': inner } : [more, inner];
    }, core),
  );

describe('a JSON text', () => {
  it(`is read up to ${deepest} levels, and refused from the next one on, with any strings`, () => {
    fc.assert(
      fc.property(nested, (value) => {
        const text = JSON.stringify(value);
        if (levelsOf(value) > deepest) expect(() => parseJson(text)).toThrow(SyntaxError);
        else expect(JSON.stringify(parseJson(text))).toBe(text);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['lists', '[', ']'],
    ['objects', '{"a":', '}'],
    ['both in turn', '[{"a":', '}]'],
  ])('of %s alone has the same limit', (_, open, close) => {
    const levels = open.startsWith('[{') ? 2 : 1;
    const text = (count: number) => `${open.repeat(count / levels)}1${close.repeat(count / levels)}`;
    expect(parseJson(text(deepest))).toEqual(JSON.parse(text(deepest)));
    expect(() => parseJson(text(deepest + levels))).toThrow('nested too deeply');
  });

  it('of many shallow brackets is read', () => {
    const wide = Array.from({ length: 1_000 }, () => ({ a: [] }));
    expect(parseJson(JSON.stringify(wide))).toEqual(wide);
  });
});
