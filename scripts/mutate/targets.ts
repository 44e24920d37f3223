import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative, resolve, sep } from 'node:path';
import type { Mutant } from './mutant.ts';
import { MutatedFile } from './mutated-file.ts';
import { shellMutants } from './shell-mutants.ts';
import { testsOf } from './tests-of.ts';
import { typescriptMutants } from './typescript-mutants.ts';

/** A file that is measured, with its mutants and the beginnings of the paths of its tests. */
export interface Target {
  /** From the repository's folder, with slashes. */
  readonly name: string;
  readonly file: MutatedFile;
  readonly mutants: readonly Mutant[];
  readonly tests: readonly string[];
}

export class UnknownTestsError extends Error {}

/** The targets of files and folders, by name. A file without a mutant (types only) is left out. */
export function targetsIn(root: string, paths: readonly string[]): Target[] {
  const names = new Set(
    paths.flatMap((path) => filesIn(resolve(path))).map((file) => relative(root, file).split(sep).join('/')),
  );
  return [...names].sort().flatMap((name) => {
    const file = new MutatedFile(join(root, name));
    const mutants =
      extname(name) === '.ts' ? typescriptMutants(name, file.source) : shellMutants(file.source);
    if (mutants.length === 0) return [];
    const tests = testsOf(name);
    if (tests === null)
      throw new UnknownTestsError(`No tests are known for ${name}: add them to scripts/mutate/tests-of.ts.`);
    return [{ name, file, mutants, tests }];
  });
}

function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => extname(file) === '.ts' || isShellScript(file));
}

function isShellScript(file: string): boolean {
  return (
    extname(file) === '.sh' || (extname(file) === '' && readFileSync(file, 'utf8').startsWith('#!/bin/sh'))
  );
}
