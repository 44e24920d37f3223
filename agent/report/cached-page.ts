import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod/mini';
import { placeFile } from '../shared/atomic-file.ts';
import { privateTemporary } from '../shared/private-file.ts';
import type { PageParts } from './page-parts.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const place = join(root, 'node_modules/.cache/psso-monitor/report-page.json');

const cachedPage = z.object({
  /** The files of this project that the page was built from. */
  inputs: z.array(z.string()),
  key: z.string(),
  parts: z.object({ script: z.string(), style: z.string() }),
});

/** The page that this checkout built last; null: there is none, or a file or a dependency has changed. */
export function readCachedPage(): PageParts | null {
  try {
    const { inputs, key, parts } = z.parse(cachedPage, JSON.parse(readFileSync(place, 'utf8')));
    return key === keyOf(inputs) ? parts : null;
  } catch {
    return null;
  }
}

/** `inputs`: of the build, relative to the checkout. A cache that can not be written costs time only. */
export function writeCachedPage(parts: PageParts, inputs: readonly string[]): void {
  const own = inputs.filter((path) => !path.startsWith('node_modules/'));
  try {
    mkdirSync(dirname(place), { recursive: true });
    const text = JSON.stringify({ inputs: own, key: keyOf(own), parts } satisfies z.infer<typeof cachedPage>);
    placeFile(place, (temporary) => writeFileSync(temporary, text), {
      temporary: privateTemporary(place),
      replace: true,
    });
  } catch {
    // Such as a checkout of another user.
  }
}

/** By content, since git sets new times. The lock file stands for the dependencies. */
function keyOf(inputs: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of ['package-lock.json', 'agent/report/build-page.ts', ...inputs])
    hash.update(readFileSync(join(root, path))).update('\0');
  return hash.digest('hex');
}
