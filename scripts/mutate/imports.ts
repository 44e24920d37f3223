import { existsSync, readFileSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';

/** What a text imports that is a file of the project, as absolute paths. */
function importsOf(path: string, source: string): string[] {
  const found: string[] = [];
  const add = (node: { type: string; value?: unknown } | null | undefined) => {
    if (node?.type === 'Literal' && typeof node.value === 'string' && node.value.startsWith('.'))
      found.push(resolve(dirname(path), node.value));
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.source),
    ExportNamedDeclaration: (node) => add(node.source),
    ExportAllDeclaration: (node) => add(node.source),
    ImportExpression: (node) => add(node.source),
  }).visit(parseSync(path, source).program);
  return found.filter((file) => extname(file) === '.ts' && existsSync(file));
}

/** The files that a file of the project imports, itself and through others. */
export class ImportGraph {
  readonly #direct = new Map<string, readonly string[]>();
  /** Files that start the command line or the package: what they reach can't be read from imports. */
  readonly #starting = new Set<string>();

  /** Whether a run of `from` can run the code of `to`. */
  reaches(from: string, to: string): boolean {
    const seen = new Set([from]);
    for (const file of seen) {
      if (file === to) return true;
      for (const next of this.#importsOf(file)) seen.add(next);
      if (this.#starting.has(file)) return true;
    }
    return false;
  }

  #importsOf(file: string): readonly string[] {
    const known = this.#direct.get(file);
    if (known !== undefined) return known;
    const source = readFileSync(file, 'utf8');
    if (/psso-monitor\.js|pkg-build\/|scripts\/|\.sh\b/.test(source) && !file.includes('/agent/'))
      this.#starting.add(file);
    const found = importsOf(file, source);
    this.#direct.set(file, found);
    return found;
  }
}
