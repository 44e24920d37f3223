import { type ASTNode, Environment, type ParseResult } from '@marcbachmann/cel-js';
import type { DetectorInput } from '../detect/detector.ts';
import type { Judgement } from '../issues/organisation.ts';
import { isBelowVersion } from '../shared/is-below-version.ts';
import { nearestOf } from '../shared/nearest.ts';
import type { SourceName } from '../shared/observation.ts';
import { sanitiseLine } from '../shared/safe-text.ts';
import { type FieldValue, type RuleField, ruleFields } from './rule-fields.ts';

/**
 * The conditions of own issues, in CEL (cel.dev). The only file that knows the engine, loaded when a rule is
 * set. It takes what ends in a time that its length bounds: no regular expression, since a backtracking one
 * blocks the agent; no macro, since nested ones multiply; no conversion, index, map or division.
 */

export const longestCondition = 2_000;
const limits = {
  maxAstNodes: 300,
  maxDepth: 24,
  maxListElements: 100,
  maxMapEntries: 0,
  maxCallArguments: 4,
};

export const conditionMethods = [
  'contains',
  'startsWith',
  'endsWith',
  'size',
  'lowerAscii',
  'upperAscii',
  'trim',
  'indexOf',
  'lastIndexOf',
] as const;
export const conditionFunctions = ['versionAtLeast', 'size'] as const;
const operators: ReadonlySet<string> = new Set([
  ...['&&', '||', '!_', '?:', '==', '!=', '<', '<=', '>', '>='],
  ...['in', '+', '-', '*', '-_', 'value', 'list', '.', 'call', 'rcall'],
]);

export type Condition =
  | {
      readonly ok: true;
      readonly judge: (input: DetectorInput) => Judgement;
      /** The sources of the fields that it names. */
      readonly sources: readonly SourceName[];
    }
  | { readonly ok: false; readonly mistake: string };

/** Returns a function that compiles one condition. Every mistake is found here, before a poll. */
export function conditionCompiler(): (source: string) => Condition {
  const environment = environmentOf(ruleFields);
  return (source) => {
    if (source.length > longestCondition)
      return wrong(`it has ${source.length} characters; ${longestCondition} are the most`);
    try {
      const program = environment.parse(source);
      const named = new Set<string>();
      const mistake = mistakeIn(program.ast, named);
      if (mistake !== null) return wrong(mistake);
      const checked = program.check();
      if (!checked.valid) return wrong(wordsOf(checked.error));
      if (checked.type !== 'bool')
        return wrong(`it is a value of the type ${checked.type}, not true or false`);
      return { ok: true, judge: judgeOf(program, [...named]), sources: sourcesOf(named) };
    } catch (error) {
      return wrong(wordsOf(error));
    }
  };
}

function sourcesOf(named: ReadonlySet<string>): SourceName[] {
  const sources = [...named].map((path) => ruleFields[path]?.source ?? 'history');
  return [...new Set(sources.filter((source) => source !== 'history'))];
}

function wrong(mistake: string): Condition {
  return { ok: false, mistake };
}

const celTypes: Readonly<Record<RuleField['type'], string>> = {
  text: 'string',
  number: 'int',
  'yes or no': 'bool',
};

function environmentOf(fields: Readonly<Record<string, RuleField>>): Environment {
  const environment = new Environment({ limits });
  const groups = new Map<string, Record<string, string>>();
  for (const [path, { type }] of Object.entries(fields)) {
    const [group = '', name = ''] = path.split('.');
    groups.set(group, { ...groups.get(group), [name]: celTypes[type] });
  }
  for (const [name, schema] of groups) environment.registerVariable({ name, schema });
  environment.registerFunction(
    'versionAtLeast(string, string): bool',
    (version: string, least: string) => /^\d/.test(version) && !isBelowVersion(version, least),
  );
  return environment;
}

/** The first part that a condition must not have, as a clause; null: none. Adds the fields that it names. */
function mistakeIn(node: ASTNode, named: Set<string>): string | null {
  switch (node.op) {
    case '.': {
      const [group, name] = node.args;
      if (group.op !== 'id') return `it has ".${shown(name)}" after something that is no field`;
      return mistakeInField(`${group.args}.${name}`, named);
    }
    case 'id':
      return mistakeInField(node.args, named);
    case 'value':
      return ['string', 'number', 'bigint', 'boolean'].includes(typeof node.args)
        ? null
        : 'it has a value that is no text, no number, and not true or false';
    case 'call':
      return (
        mistakeInCall(node.args[0], conditionFunctions, 'function') ??
        mistakeInVersions(node.args) ??
        mistakeInAll(node.args[1], named)
      );
    case 'rcall':
      return (
        mistakeInCall(node.args[0], conditionMethods, 'text function') ??
        mistakeInAll([node.args[1], ...node.args[2]], named)
      );
    default:
      if (!operators.has(node.op)) return `it has the operator ${node.op}, which a condition does not take`;
      return mistakeInAll(operandsOf(node), named);
  }
}

function operandsOf({ args }: ASTNode): readonly ASTNode[] {
  return (Array.isArray(args) ? args : [args]).filter(
    (one): one is ASTNode => typeof one === 'object' && one !== null && 'op' in one,
  );
}

function mistakeInAll(nodes: readonly ASTNode[], named: Set<string>): string | null {
  for (const node of nodes) {
    const mistake = mistakeIn(node, named);
    if (mistake !== null) return mistake;
  }
  return null;
}

function mistakeInField(path: string, named: Set<string>): string | null {
  const fields = Object.keys(ruleFields);
  if (fields.includes(path)) {
    named.add(path);
    return null;
  }
  const inGroup = fields.filter((field) => field.startsWith(`${path}.`));
  if (inGroup.length > 0) return `it names ${path} without a field, such as ${inGroup[0]}`;
  return `there is no field "${shown(path)}"${hint(path, fields)}`;
}

function mistakeInCall(name: string, known: readonly string[], kind: string): string | null {
  return known.includes(name)
    ? null
    : `there is no ${kind} "${shown(name)}"${hint(name, known)}; there are ${known.join(', ')}`;
}

/** A text that is no version would compare as 0. */
function mistakeInVersions([name, values]: readonly [string, readonly ASTNode[]]): string | null {
  const text = values
    .map((value) => (value.op === 'value' ? value.args : null))
    .find((value) => typeof value === 'string' && !/^\d+(\.\d+)*$/.test(value));
  return name === 'versionAtLeast' && text !== undefined
    ? `"${shown(String(text))}" is no version, such as "5.2404"`
    : null;
}

function hint(written: string, known: readonly string[]): string {
  const meant = nearestOf(written, known);
  return meant === null ? '' : ` (did you mean ${meant}?)`;
}

function shown(name: string): string {
  return sanitiseLine(name, 60);
}

/** The first line of an error of the engine: the others repeat the condition. */
function wordsOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  const node: unknown = error instanceof Error && 'node' in error ? error.node : null;
  const at = typeof node === 'object' && node !== null && 'pos' in node ? node.pos : null;
  return `${sanitiseLine(line, 200)}${typeof at === 'number' ? ` at character ${at + 1}` : ''}`;
}

function judgeOf(program: ParseResult, named: readonly string[]): (input: DetectorInput) => Judgement {
  return (input) => {
    const values: Record<string, FieldValue> = {};
    const context: Record<string, Record<string, string | bigint | boolean>> = {};
    const unknown: string[] = [];
    for (const path of named) {
      const value = ruleFields[path]?.read(input) ?? null;
      if (value === null) {
        unknown.push(path);
        continue;
      }
      values[path] = value;
      const [group = '', name = ''] = path.split('.');
      context[group] = {
        ...context[group],
        [name]: typeof value === 'number' ? BigInt(Math.trunc(value)) : value,
      };
    }
    if (unknown.length > 0) return { holds: 'unknown', values, unknown };
    try {
      const holds: unknown = program(context);
      return typeof holds === 'boolean'
        ? { holds, values, unknown }
        : { holds: 'unknown', values, unknown: ['the condition is neither true nor false'] };
    } catch (error) {
      // Such as a number that is too large. The check of types does not compute.
      return { holds: 'unknown', values, unknown: [wordsOf(error)] };
    }
  };
}
