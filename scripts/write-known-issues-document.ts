import { writeFileSync } from 'node:fs';
import { validateCatalogue } from '../agent/issues/catalogue.ts';
import { catalogueMarkdown } from './known-issues-document.ts';
import { rulesPage } from './rules-page.ts';

/** `npm run document`: validates the catalogue, and writes docs/known-issues.md and docs/admin/rules.md. */
const problems = validateCatalogue(Date.now());
if (problems.length > 0) {
  for (const problem of problems) console.error(`${problem.id}: ${problem.message}`);
  process.exit(1);
}
writeFileSync(new URL('../docs/known-issues.md', import.meta.url), catalogueMarkdown());
writeFileSync(new URL('../docs/admin/rules.md', import.meta.url), rulesPage());
