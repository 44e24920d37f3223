import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

const proofs = ['workflow', 'person', 'open'] as const;

/** A line of docs/unverified-on-mac.md, as check-on-mac.sh knows it. */
export interface Line {
  readonly id: string;
  readonly proof: (typeof proofs)[number];
  readonly assumed: string;
}

const row = z.tuple([z.string().regex(/^[a-z0-9-]+$/), z.enum(proofs), z.string().min(1)]);

/** Every line, in the order of the page. */
export function linesOfTheList(): Line[] {
  const file = fileURLToPath(new URL('../on-mac/lines.tsv', import.meta.url));
  const rows = readFileSync(file, 'utf8').trimEnd().split('\n');
  return rows
    .filter((text) => !text.startsWith('#'))
    .map((text) => {
      const [id, proof, assumed] = row.parse(text.split('\t'));
      return { id, proof, assumed };
    });
}
