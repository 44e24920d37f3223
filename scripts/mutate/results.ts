import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import type { Durations } from './run-tests.ts';

const verdicts = ['killed', 'timed out', 'refused by the compiler', 'survived'] as const;
export type Verdict = (typeof verdicts)[number];

const line = z.union([
  z.object({ mutant: z.string(), verdict: z.enum(verdicts) }),
  z.object({ durations: z.record(z.string(), z.number()) }),
]);

/**
 * The verdicts of a sample and how long each test file takes, a JSON line each, when the file is named: a run
 * that was ended continues, and two checkouts can share the work. `mutant` names the file, the place and the
 * new text.
 */
export class Results {
  readonly #file: string | null;
  readonly #known = new Map<string, Verdict>();
  #durations: Durations | null = null;

  constructor(file: string | null) {
    this.#file = file;
    this.readAgain();
  }

  readAgain(): void {
    if (this.#file === null || !existsSync(this.#file)) return;
    for (const text of readFileSync(this.#file, 'utf8').split('\n').filter(Boolean)) {
      const said = line.parse(JSON.parse(text));
      if ('mutant' in said) this.#known.set(said.mutant, said.verdict);
      else this.#durations = new Map(Object.entries(said.durations));
    }
  }

  verdictOf(mutant: string): Verdict | undefined {
    return this.#known.get(mutant);
  }

  add(mutant: string, verdict: Verdict): void {
    this.#known.set(mutant, verdict);
    this.#append({ mutant, verdict });
  }

  /** Null: the tests were not measured yet. */
  get durations(): Durations | null {
    return this.#durations;
  }

  addDurations(durations: Durations): void {
    this.#durations = durations;
    this.#append({ durations: Object.fromEntries(durations) });
  }

  #append(said: z.infer<typeof line>): void {
    if (this.#file !== null) appendFileSync(this.#file, `${JSON.stringify(said)}\n`);
  }
}

/** The counts and the score: what is killed or refused, of all that is decided. */
export function scoreOf(given: readonly Verdict[]): string {
  const count = (verdict: Verdict) => given.filter((one) => one === verdict).length;
  const caught = count('killed') + count('refused by the compiler');
  const decided = caught + count('survived');
  const list = verdicts.map((verdict) => `${count(verdict)} ${verdict}`).join(', ');
  return decided === 0 ? list : `${list}: ${Math.round((1000 * caught) / decided) / 10} %`;
}
