import type { JsonSchema } from '../agent/cli/output/json-schema.ts';

/** Keywords without effect on validity. */
const remarks = new Set(['$schema', '$id', 'title', 'description', 'examples', 'default']);
/** Keywords that are compared below; all others must stay unchanged. */
const understood = new Set([
  'type',
  'enum',
  'const',
  'anyOf',
  'oneOf',
  'properties',
  'required',
  'items',
  'additionalProperties',
]);

/**
 * The changes of `now` that could break a reader of `before`, one line each. Empty: every document that is
 * valid by `now` is valid by `before`, and has all its properties. Descriptions may change, and objects may
 * gain properties.
 * docs/schemas/README.md explains the rule.
 */
export function incompatibilities(before: JsonSchema, now: JsonSchema, at = 'the document'): string[] {
  const choices = alternatives(now);
  if (choices !== null) return choices.flatMap((choice) => incompatibilities(before, choice, at));
  const former = alternatives(before);
  if (former !== null) {
    // One former alternative must allow the new schema; the nearest one has the fewest problems.
    const problems = former.map((one) => incompatibilities(one, now, at)).sort((a, b) => a.length - b.length);
    return problems[0] ?? [];
  }
  return [...wrongWords(before, now, at), ...wrongParts(before, now, at), ...otherKeywords(before, now, at)];
}

/** `anyOf`, `oneOf`, and a list of types, as separate schemas; null: there is only one. */
function alternatives(schema: JsonSchema): JsonSchema[] | null {
  const { anyOf, oneOf, ...rest } = schema;
  const given = anyOf ?? oneOf;
  if (Array.isArray(given)) return given.map((one) => ({ ...rest, ...schemaOf(one) }));
  if (Array.isArray(schema.type)) return schema.type.map((type: unknown) => ({ ...schema, type }));
  return null;
}

function wrongWords(before: JsonSchema, now: JsonSchema, at: string): string[] {
  if (before.type !== undefined && !(now.type === before.type || isInteger(before, now)))
    return [`${at} was ${typeName(before)}, and is ${typeName(now)}`];
  const [former, present] = [wordsOf(before), wordsOf(now)];
  if (former === null) return [];
  if (present === null) return [`${at} was one of ${former.join(', ')}, and is any ${typeName(now)}`];
  const added = present.filter((word) => !former.includes(word));
  return added.length === 0 ? [] : [`${at} can be ${added.join(', ')}, and could not before`];
}

function isInteger(before: JsonSchema, now: JsonSchema): boolean {
  return before.type === 'number' && now.type === 'integer';
}

function typeName({ type }: JsonSchema): string {
  return typeof type === 'string' ? type : 'anything';
}

function wordsOf(schema: JsonSchema): string[] | null {
  if ('const' in schema) return [JSON.stringify(schema.const)];
  return Array.isArray(schema.enum) ? schema.enum.map((word) => JSON.stringify(word)) : null;
}

function wrongParts(before: JsonSchema, now: JsonSchema, at: string): string[] {
  const [former, present] = [propertiesOf(before), propertiesOf(now)];
  const [sure, sureNow] = [requiredOf(before), requiredOf(now)];
  const named = Object.entries(former).flatMap(([name, was]) => {
    const part = at === 'the document' ? name : `${at}.${name}`;
    const is = present[name];
    if (is === undefined) return [`${part} is gone`];
    const lost =
      sure.includes(name) && !sureNow.includes(name) ? [`${part} was always there, and may be missing`] : [];
    return [...lost, ...incompatibilities(was, is, part)];
  });
  return [
    ...named,
    ...wrongEach(before.items, now.items, `each of ${at}`),
    ...wrongEach(before.additionalProperties, now.additionalProperties, `each value of ${at}`),
  ];
}

function wrongEach(before: unknown, now: unknown, at: string): string[] {
  return before === undefined ? [] : incompatibilities(schemaOf(before), schemaOf(now ?? {}), at);
}

function otherKeywords(before: JsonSchema, now: JsonSchema, at: string): string[] {
  return Object.entries(before).flatMap(([keyword, value]) => {
    if (remarks.has(keyword) || understood.has(keyword)) return [];
    return JSON.stringify(now[keyword]) === JSON.stringify(value) ? [] : [`${at} has another ${keyword}`];
  });
}

function propertiesOf(schema: JsonSchema): Record<string, JsonSchema> {
  const { properties } = schema;
  if (typeof properties !== 'object' || properties === null) return {};
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, schemaOf(value)]));
}

function requiredOf({ required }: JsonSchema): readonly unknown[] {
  return Array.isArray(required) ? required : [];
}

/** A parsed file, or a part of a schema, as a schema; anything else is an empty one. */
export function schemaOf(value: unknown): JsonSchema {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
