import * as z from 'zod/mini';
import type { PublishedOutput } from './published.ts';

/** The keywords of a JSON Schema with their values. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * Keywords that a schema omits. It promises names, types and enumerations, but no lengths or ranges. Objects
 * stay open, so that a later version can add properties.
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

/** The JSON Schema (draft 2020-12) of an output; for NDJSON, of one line. */
export function jsonSchemaOf(published: PublishedOutput): JsonSchema {
  const { name, version, call, form, about, shape } = published;
  const { $schema, ...schema } = z.toJSONSchema(shape, {
    target: 'draft-2020-12',
    // zod closes the objects of `output` schemas.
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

/** The text that `schema` prints, and that is kept in docs/schemas. */
export function jsonSchemaText(published: PublishedOutput): string {
  return `${JSON.stringify(jsonSchemaOf(published), null, 2)}\n`;
}

/** The file name in docs/schemas and in the package. */
export function schemaFileName({ name, version }: PublishedOutput): string {
  return `${name}.v${version}.json`;
}
