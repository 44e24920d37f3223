import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import type { Mutant } from './mutant.ts';
import type { MutatedFile } from './mutated-file.ts';

export interface CompilerError {
  /** From the repository's folder, with slashes. */
  readonly file: string;
  readonly line: number;
}

/** What the compiler refuses in a checkout. */
export function compilerErrors(root: string): Promise<CompilerError[]> {
  const tsc = resolve(root, 'node_modules/typescript/bin/tsc');
  return new Promise((done, fail) => {
    execFile(
      process.execPath,
      [tsc, '--noEmit', '--pretty', 'false', '-p', '.'],
      { cwd: root, maxBuffer: 64 * 1024 * 1024 },
      (error, output) => {
        const errors = [...output.matchAll(/^([^\s(][^(\n]*)\((\d+),\d+\): error /gm)].map(
          ([, file = '', line = '']) => ({ file, line: Number(line) }),
        );
        if (error !== null && errors.length === 0) fail(error);
        else done(errors);
      },
    );
  });
}

/** A mutant and its file. */
export interface Placed {
  readonly target: { readonly name: string; readonly file: MutatedFile };
  readonly mutant: Mutant;
}

/**
 * The mutants with an error in their own lines. One run of the compiler judges one mutant of each file, and
 * runs again while it finds one: an error of syntax hides those of types. A mutant that the compiler refuses
 * at another place is not found here.
 */
export async function refused<T extends Placed>(
  all: readonly T[],
  compile: () => Promise<readonly CompilerError[]>,
): Promise<Set<T>> {
  const found = new Set<T>();
  for (let left = [...all]; left.length > 0; ) {
    const names = new Set<string>();
    let now = left.filter(({ target: { name } }) => !names.has(name) && names.add(name));
    left = left.filter((one) => !now.includes(one));
    for (let more = true; more; ) {
      for (const { target, mutant } of now) target.file.write(mutant);
      const errors = await compile().finally(() => {
        for (const { target } of now) target.file.restore();
      });
      const wrong = now.filter((one) => errors.some((error) => isWithin(error, one)));
      for (const one of wrong) found.add(one);
      now = now.filter((one) => !found.has(one));
      more = wrong.length > 0 && now.length > 0;
    }
  }
  return found;
}

function isWithin({ file, line }: CompilerError, { target, mutant }: Placed): boolean {
  const first = target.file.source.slice(0, mutant.start).split('\n').length;
  return file === target.name && line >= first && line < first + mutant.text.split('\n').length;
}
