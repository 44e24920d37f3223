import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import * as z from 'zod/mini';

/** The folder of the files for osquery and Fleet. */
const shipped = join(import.meta.dirname, '../../scripts/osquery');
export const text = (name: string) => readFileSync(join(shipped, name), 'utf8');
const tables = z.record(
  z.string(),
  z.strictObject({
    query: z.string(),
    path: z.string(),
    columns: z.array(z.string()),
    platform: z.literal('darwin'),
  }),
);
export const configuration = z.strictObject({ auto_table_construction: tables });
export const { auto_table_construction: constructed } = configuration.parse(
  JSON.parse(text('psso-monitor.json')),
);

const spec = z.strictObject({
  name: z.string(),
  description: z.string(),
  query: z.string(),
  platform: z.literal('darwin'),
  interval: z.optional(z.int()),
  resolution: z.optional(z.string()),
});
const query = z.strictObject({ apiVersion: z.literal('v1'), kind: z.string(), spec });
export const ofFleet = parseAllDocuments(text('queries.yml')).map((document) => query.parse(document.toJS()));
export const policy = ofFleet.find(({ kind }) => kind === 'policy')?.spec.query ?? '';
export const queryNamed = (name: string) =>
  ofFleet.find(({ spec }) => spec.name.endsWith(name))?.spec.query ?? '';
