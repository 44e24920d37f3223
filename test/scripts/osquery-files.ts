import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import * as z from 'zod/mini';
import { applied, gitopsPolicies, gitopsReports } from './fleet-schema.ts';

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
const configuration = z.strictObject({ auto_table_construction: tables });
export const { auto_table_construction: constructed } = configuration.parse(
  JSON.parse(text('psso-monitor.json')),
);

export const ofFleet = parseAllDocuments(text('queries.yml')).map((document) =>
  applied.parse(document.toJS()),
);
export const policy = ofFleet.find(({ kind }) => kind === 'policy')?.spec.query ?? '';
export const queryNamed = (name: string) =>
  ofFleet.find(({ spec }) => spec.name.endsWith(name))?.spec.query ?? '';

export const reports = gitopsReports.parse(parse(text('gitops-reports.yml')));
export const policies = gitopsPolicies.parse(parse(text('gitops-policies.yml')));
