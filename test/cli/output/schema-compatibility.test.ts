import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonSchema } from '../../../agent/cli/output/json-schema.ts';
import { incompatibilities } from '../../../scripts/schema-compatibility.ts';

const object = (properties: Record<string, JsonSchema>, required = Object.keys(properties)): JsonSchema => ({
  type: 'object',
  properties,
  required,
});
const text = { type: 'string' };
const number = { type: 'number' };
const properties = {
  name: text,
  count: number,
  maybe: { type: ['string', 'null'] },
  word: { type: 'string', enum: ['a', 'b'] },
  parts: { type: 'array', items: object({ id: text }) },
  extra: { type: 'object', additionalProperties: text },
};
const before = object(properties);
const changed = (others: Record<string, JsonSchema>): JsonSchema => object({ ...properties, ...others });
const { name: _name, ...withoutName } = properties;

describe('compatible changes', () => {
  test.each<[string, JsonSchema]>([
    ['nothing changed', before],
    ['a property was added', changed({ added: number })],
    ['a description was added', changed({ name: { ...text, description: 'The name.' } })],
    ['what could be null never is', changed({ maybe: text })],
    ['a number is a whole number', changed({ count: { type: 'integer' } })],
    ['a word is no more', changed({ word: { type: 'string', enum: ['a'] } })],
    [
      'a property was added deep down',
      changed({ parts: { type: 'array', items: object({ id: text, more: text }) } }),
    ],
  ])('%s', (_, now) => {
    expect(incompatibilities(before, now)).toEqual([]);
  });

  test('a property that could be missing is always there', () => {
    expect(incompatibilities(object({ name: text }, []), object({ name: text }))).toEqual([]);
  });
});

describe('changes that need a new version', () => {
  test.each<[string, JsonSchema, string]>([
    ['a property is gone', object(withoutName), 'name is gone'],
    ['another type', changed({ count: text }), 'count was number, and is string'],
    ['one more type', changed({ name: { type: ['string', 'null'] } }), 'name was string, and is null'],
    ['any type', changed({ name: {} }), 'name was string, and is anything'],
    [
      'one more word',
      changed({ word: { type: 'string', enum: ['a', 'b', 'c'] } }),
      'word can be "c", and could not before',
    ],
    ['any word', changed({ word: text }), 'word was one of "a", "b", and is any string'],
    [
      'missing now and then',
      object(properties, ['count', 'maybe', 'word', 'parts', 'extra']),
      'name was always there, and may be missing',
    ],
    [
      'another entry',
      changed({ parts: { type: 'array', items: object({ id: number }) } }),
      'each of parts.id was string, and is number',
    ],
    [
      'another value',
      changed({ extra: { type: 'object', additionalProperties: {} } }),
      'each value of extra was string, and is anything',
    ],
    ['a list instead', { type: 'array', items: before }, 'the document was object, and is array'],
    ['a format is another', changed({ name: { ...text, format: 'date' } }), ''],
  ])('%s', (_, now, said) => {
    expect(incompatibilities(before, now)).toEqual(said === '' ? [] : expect.arrayContaining([said]));
  });

  test('a property that could be missing is gone', () => {
    expect(incompatibilities(object({ name: text }, []), object({}))).toEqual(['name is gone']);
  });

  test('one of several shapes is another', () => {
    const line = (type: string, rest: Record<string, JsonSchema>) =>
      object({ type: { type: 'string', const: type }, ...rest });
    const lines = { oneOf: [line('event', { at: text }), line('summary', { shown: number })] };
    const now = { oneOf: [line('event', { at: text }), line('summary', { shown: text })] };
    expect(incompatibilities(lines, now)).toEqual(['shown was number, and is string']);
    expect(incompatibilities(lines, { oneOf: [...lines.oneOf, line('more', {})] })).not.toEqual([]);
  });
});

/** Small schemas of every form that the published ones have, each with valid documents. */
interface Case {
  readonly schema: JsonSchema;
  readonly document: fc.Arbitrary<unknown>;
}
const letters = ['x', 'y'] as const;
const leaf = fc.constantFrom<Case>(
  { schema: { type: 'string' }, document: fc.constantFrom('a', 'b', 'c') },
  { schema: { type: 'string', enum: ['a', 'b'] }, document: fc.constantFrom('a', 'b') },
  { schema: { type: 'string', enum: ['a'] }, document: fc.constant('a') },
  { schema: { type: 'number' }, document: fc.constantFrom(1, 1.5) },
  { schema: { type: 'integer' }, document: fc.constant(1) },
  { schema: { type: ['string', 'null'] }, document: fc.constantFrom('a', null) },
  { schema: { type: 'boolean' }, document: fc.boolean() },
  { schema: {}, document: fc.constantFrom('a', 1, null, [], {}) },
);
const { any } = fc.letrec<{ any: Case }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    tie('any').map(({ schema, document }) => ({
      schema: { type: 'array', items: schema },
      document: fc.array(document, { maxLength: 2 }),
    })),
    tie('any').map(({ schema, document }) => ({
      schema: { type: 'object', additionalProperties: schema },
      document: fc.dictionary(fc.constantFrom('x', 'y'), document),
    })),
    fc.tuple(tie('any'), tie('any')).map(([one, other]) => ({
      schema: { anyOf: [one.schema, other.schema] },
      document: fc.oneof(one.document, other.document),
    })),
    fc.record({ x: tie('any'), y: tie('any') }, { requiredKeys: [] }).chain((parts) => {
      const names = Object.entries(parts);
      return fc.subarray(letters.filter((name) => name in parts)).map((required) => ({
        schema: object(Object.fromEntries(names.map(([name, { schema }]) => [name, schema])), required),
        document: fc.record(Object.fromEntries(names.map(([name, { document }]) => [name, document])), {
          requiredKeys: required,
        }),
      }));
    }),
  ),
}));

test('a document that is valid by a compatible new schema is valid by the old one', () => {
  const ajv = new Ajv2020({ strict: false });
  const compatible = fc
    .tuple(any, any)
    .filter(([old, now]) => incompatibilities(old.schema, now.schema).length === 0)
    .chain(([old, now]) => now.document.map((document) => ({ old: old.schema, now: now.schema, document })));
  fc.assert(
    fc.property(compatible, ({ old, now, document }) => {
      expect(ajv.validate(now, document)).toBe(true);
      expect(ajv.validate(old, document)).toBe(true);
    }),
    { numRuns: 150 },
  );
});

test('a schema is always compatible with itself', () => {
  fc.assert(
    fc.property(any, ({ schema }) => incompatibilities(schema, schema).length === 0),
    { numRuns: 200 },
  );
});
