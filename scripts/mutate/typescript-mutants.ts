import { type Node, parseSync, Visitor } from 'oxc-parser';
import type { Mutant } from './mutant.ts';

/** The other operator, by kind. */
const operators = new Map(
  Object.entries<readonly [kind: string, other: string]>({
    '<': ['comparison', '<='],
    '<=': ['comparison', '<'],
    '>': ['comparison', '>='],
    '>=': ['comparison', '>'],
    '===': ['comparison', '!=='],
    '!==': ['comparison', '==='],
    '==': ['comparison', '!='],
    '!=': ['comparison', '=='],
    '-': ['arithmetic', '+'],
    '*': ['arithmetic', '/'],
    '/': ['arithmetic', '*'],
    '%': ['arithmetic', '*'],
  }),
);

const otherMethod = new Map(
  Object.entries({
    min: 'max',
    max: 'min',
    some: 'every',
    every: 'some',
    floor: 'ceil',
    ceil: 'floor',
    startsWith: 'endsWith',
    endsWith: 'startsWith',
  }),
);
/** Calls that can be left out: the receiver stays. */
const omittedMethods = new Set([
  'sort',
  'toSorted',
  'reverse',
  'toReversed',
  'filter',
  'trim',
  'toLowerCase',
]);

const sqlWords: readonly [RegExp, string][] = [
  [/\bASC\b/g, 'DESC'],
  [/\bDESC\b/g, 'ASC'],
  [/\bAND\b/g, 'OR'],
  [/\bOR\b(?! (?:REPLACE|IGNORE))/g, 'AND'],
  [/\bMIN\(/gi, 'MAX('],
  [/\bMAX\(/gi, 'MIN('],
  [/\bDISTINCT /g, ''],
  [/\bNOT NULL\b/g, 'NULL'],
  [/\bIS NOT NULL\b/g, 'IS NULL'],
  [/ (?:LIMIT|OFFSET) [:?@\w]+/g, ''],
];
const looksLikeSql = /\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE)\b/;

/** Every mutant of a TypeScript file. Types, imports and the keys of objects are left alone. */
export function typescriptMutants(file: string, source: string): Mutant[] {
  const found: Mutant[] = [];
  const add = (node: { start: number; end: number }, text: string, kind: string) => {
    if (source.slice(node.start, node.end) !== text)
      found.push({ start: node.start, end: node.end, text, kind });
  };
  const textOf = (node: { start: number; end: number }) => source.slice(node.start, node.end);
  const operator = (left: Node, right: Node, other: string, kind: string) => {
    const between = source.slice(left.end, right.start);
    const at = between.search(/[^\s()]/);
    if (at < 0) return;
    const start = left.end + at;
    const length = between.slice(at).match(/^[^\s(]+/)?.[0].length ?? 0;
    found.push({ start, end: start + length, text: other, kind });
  };
  const condition = (node: Node) => {
    add(node, 'true', 'condition');
    add(node, 'false', 'condition');
  };
  /** One element of a list, with the comma and the space that follow it. */
  const omitted = (element: Node, next: Node | null | undefined, kind: string) => {
    const rest = source.slice(element.end).match(/^\s*,/)?.[0].length ?? 0;
    found.push({ start: element.start, end: next?.start ?? element.end + rest, text: '', kind });
  };

  /** Texts that are no data: names of modules, of types and of keys, and directives. */
  const fixed = new Set<number>();
  const fix = (node: Node | null | undefined) => {
    if (node != null) fixed.add(node.start);
  };

  const { program, errors } = parseSync(file, source);
  if (errors[0] !== undefined) throw new SyntaxError(`${file}: ${errors[0].message}`);
  new Visitor({
    ImportDeclaration: (node) => fix(node.source),
    ExportNamedDeclaration: (node) => fix(node.source),
    ExportAllDeclaration: (node) => fix(node.source),
    ImportExpression: (node) => fix(node.source),
    TSLiteralType: (node) => fix(node.literal),
    TSEnumMember: (node) => fix(node.id),
    BinaryExpression: (node) => {
      const [kind, other] = operators.get(node.operator) ?? [];
      if (kind !== undefined && other !== undefined) operator(node.left, node.right, other, kind);
      if (node.operator === '+' && !/['`]/.test(textOf(node)))
        operator(node.left, node.right, '-', 'arithmetic');
    },
    LogicalExpression: (node) => {
      if (node.operator === '??') {
        add(node, textOf(node.left), 'default');
        add(node, textOf(node.right), 'default');
      } else operator(node.left, node.right, node.operator === '&&' ? '||' : '&&', 'logical');
    },
    UnaryExpression: (node) => {
      if (node.operator === '!') add(node, textOf(node.argument), 'negation');
      if (node.operator === '-') add(node, textOf(node.argument), 'number');
    },
    Literal: (node) => {
      if (fixed.has(node.start)) return;
      if (typeof node.value === 'boolean') add(node, String(!node.value), 'boolean');
      else if (typeof node.value === 'number') {
        add(node, String(node.value + 1), 'number');
        if (node.value !== 0) add(node, String(node.value - 1), 'number');
      } else if (typeof node.value === 'string') {
        if (looksLikeSql.test(node.value)) sql(node);
        else if (node.value === '') add(node, "'mutated'", 'text');
        else add(node, "''", 'text');
      } else if (node.value instanceof RegExp) regex(node);
    },
    TemplateLiteral: (node) => {
      if (looksLikeSql.test(textOf(node))) sql(node);
      else if (node.quasis.length > 0) add(node, '``', 'text');
    },
    Property: (node) => {
      if (!node.computed) fix(node.key);
    },
    ConditionalExpression: (node) => condition(node.test),
    IfStatement: (node) => condition(node.test),
    ExpressionStatement: (node) => {
      if ('directive' in node && node.directive != null) fix(node.expression);
      else add(node, ';', 'statement');
    },
    ThrowStatement: (node) => add(node, ';', 'statement'),
    ContinueStatement: (node) => add(node, ';', 'statement'),
    ArrayExpression: (node) => {
      for (const [index, element] of node.elements.entries())
        if (element !== null) omitted(element, node.elements[index + 1], 'element');
    },
    ObjectExpression: (node) => {
      for (const [index, property] of node.properties.entries())
        omitted(property, node.properties[index + 1], 'property');
    },
    AwaitExpression: (node) => add(node, textOf(node.argument), 'await'),
    CatchClause: (node) => add(node.body, '{}', 'catch'),
    TryStatement: (node) => {
      if (node.finalizer !== null) add(node.finalizer, '{}', 'finally');
    },
    CallExpression: (node) => {
      const { callee } = node;
      if (callee.type !== 'MemberExpression' || callee.computed || !('name' in callee.property)) return;
      const { name } = callee.property;
      const other = otherMethod.get(name);
      if (other !== undefined) add(callee.property, other, 'method');
      if (omittedMethods.has(name)) add(node, textOf(callee.object), 'method');
    },
  }).visit(program);

  function sql(node: Node): void {
    const text = textOf(node);
    for (const [word, other] of sqlWords) {
      for (const match of text.matchAll(word)) {
        const start = node.start + match.index;
        found.push({ start, end: start + match[0].length, text: other, kind: 'sql' });
      }
    }
  }
  function regex(node: Node): void {
    const text = textOf(node);
    if (text.startsWith('/^')) add(node, `/${text.slice(2)}`, 'anchor');
    if (/\$\/\w*$/.test(text)) add(node, text.replace(/\$(\/\w*)$/, '$1'), 'anchor');
    if (/\/[a-z]*i[a-z]*$/.test(text)) add(node, text.replace(/i([a-z]*)$/, '$1'), 'flag');
  }

  // Text that is fixed can be visited before what fixes it.
  return found
    .filter((mutant) => !(mutant.kind === 'text' && fixed.has(mutant.start)))
    .sort((a, b) => a.start - b.start || a.end - b.end);
}
