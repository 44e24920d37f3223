import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { linesOfTheList } from './verified/lines.ts';
import { verifiedPage } from './verified/page.ts';
import {
  newestOfEachKind,
  type VerifiedRun,
  verifiedRun,
  verifiedRunSchema,
  verifiedRuns,
} from './verified/run.ts';

/**
 * `npm run verified [-- FILE…] [--docs FOLDER]`: adds runs that check-on-mac.sh wrote to
 * docs/verified-on-mac.json, and writes the page and the schema beside it. A file that is none is refused
 * before anything is written.
 */
const args = process.argv.slice(2);
const at = args.indexOf('--docs');
const [, folder] = at === -1 ? [] : args.splice(at, 2);
const docs = folder ?? fileURLToPath(new URL('../docs', import.meta.url));
const kept = join(docs, 'verified-on-mac.json');

function read(file: string): VerifiedRun {
  const checked = verifiedRun.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!checked.success) throw new Error(`${file} is no run of check-on-mac.sh: ${checked.error.message}`);
  // The tests' own example must never be taken for a Mac.
  if (checked.data.mac.hardware?.startsWith('Example'))
    throw new Error(`${file} is the example of the tests, and no run on a Mac.`);
  return checked.data;
}

try {
  const before = existsSync(kept) ? verifiedRuns.parse(JSON.parse(readFileSync(kept, 'utf8'))).runs : [];
  const runs = newestOfEachKind([...before, ...args.map(read)]);
  if (runs.length > 0) writeFileSync(kept, `${JSON.stringify({ format: 1, runs }, null, 2)}\n`);
  writeFileSync(join(docs, 'verified-on-mac.md'), verifiedPage(linesOfTheList(), runs));
  writeFileSync(join(docs, 'verified-on-mac.schema.json'), verifiedRunSchema());
} catch (error) {
  console.error(`verified: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
