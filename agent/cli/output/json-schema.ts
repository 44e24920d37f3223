import * as z from 'zod/mini';
import type { PublishedOutput } from './published.ts';

/** One keyword of a JSON Schema to its value. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * What a schema leaves out: it promises names, types and words, never how long or how large something is. An object may
 * always have more than is named, so that a later version can add to it.
 */
const notPromised = [
  'additionalProperties',
  'pattern',
  'minLength',
  'minItems',
  'minimum',
  'maximum',
  'propertyNames',
] as const;

/** The JSON Schema (draft 2020-12) of what a command prints; of one line, where it prints a document a line. */
export function jsonSchemaOf(published: PublishedOutput): JsonSchema {
  const { name, version, call, form, about, shape } = published;
  const { $schema, ...schema } = z.toJSONSchema(shape, {
    target: 'draft-2020-12',
    // As input, since zod closes the objects of an output.
    io: 'input',
    override({ jsonSchema }) {
      for (const keyword of notPromised) {
        if (keyword !== 'additionalProperties' || jsonSchema[keyword] === false) delete jsonSchema[keyword];
      }
    },
  });
  return {
    $schema,
    $id: `urn:psso-monitor:schema:${name}:v${version}`,
    title: `psso-monitor ${call}`,
    description: form === 'lines' ? `${about} NDJSON: this is the schema of one line.` : about,
    ...schema,
  };
}

/** How it is printed and kept in docs/schemas. */
export function jsonSchemaText(published: PublishedOutput): string {
  return `${JSON.stringify(jsonSchemaOf(published), null, 2)}\n`;
}

/** The file in docs/schemas, and in the package. */
export function schemaFileName({ name, version }: PublishedOutput): string {
  return `${name}.v${version}.json`;
}
