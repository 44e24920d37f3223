import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jsonSchemaOf, jsonSchemaText, schemaFileName } from '../agent/cli/output/json-schema.ts';
import { publishedOutputs } from '../agent/cli/output/published.ts';
import { incompatibilities, schemaOf } from './schema-compatibility.ts';

/**
 * `npm run schemas [-- FOLDER]` writes docs/schemas, a contract with scripts outside. It does not write a
 * schema that could break them under the same version: it prints the problems, and the exit status is 1.
 */
const folder = process.argv[2] ?? fileURLToPath(new URL('../docs/schemas', import.meta.url));
mkdirSync(folder, { recursive: true });
for (const published of publishedOutputs) {
  const name = schemaFileName(published);
  const file = join(folder, name);
  const problems = existsSync(file)
    ? incompatibilities(schemaOf(JSON.parse(readFileSync(file, 'utf8'))), jsonSchemaOf(published))
    : [];
  if (problems.length === 0) writeFileSync(file, jsonSchemaText(published));
  else {
    process.exitCode = 1;
    console.error(`${name} is not written, since it could break its readers:`);
    for (const problem of problems) console.error(`  ${problem}`);
    console.error(
      `  Raise the version of "${published.name}" in agent/cli/output/published.ts, or change it back.`,
    );
  }
}
