import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, join, relative, resolve, sep } from 'node:path';
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

/**
 * The targets of each path, by name: a file, or a folder with all below it. A file without a mutant (types
 * only) is left out, and so is a file whose name begins with one of `except`.
 */
export function targetsIn(
  root: string,
  paths: readonly string[],
  except: readonly string[] = [],
): readonly Target[][] {
  const seen = new Set<string>();
  return paths.map((path) => {
    const files = filesIn(resolve(path)).filter(
      (file) => !except.some((beginning) => basename(file).startsWith(beginning)),
    );
    const names = files.map((file) => relative(root, file).split(sep).join('/')).sort();
    const fresh = names.filter((name) => !seen.has(name));
    for (const name of fresh) seen.add(name);
    return fresh.flatMap((name) => targetOf(root, name));
  });
}

function targetOf(root: string, name: string): Target[] {
  const file = new MutatedFile(join(root, name));
  const mutants = extname(name) === '.ts' ? typescriptMutants(name, file.source) : shellMutants(file.source);
  if (mutants.length === 0) return [];
  const tests = testsOf(name);
  if (tests === null)
    throw new UnknownTestsError(`No tests are known for ${name}: add them to scripts/mutate/tests-of.ts.`);
  return [{ name, file, mutants, tests }];
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
