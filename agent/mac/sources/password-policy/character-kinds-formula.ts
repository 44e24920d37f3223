import type { RuleKind } from '../../../shared/observation.ts';
import { digit, type Kinds, kindsOfClass, lowercase, symbol, uppercase } from './character-classes.ts';
import { alternativesOf, closingParenthesis } from './expression-text.ts';

/**
 * What an expression asks for. `fits` has one bit for each of the 16 sets of kinds of characters: whether a
 * password with these kinds fits. `tail`: what swallows the password; null: nothing, so it has no width.
 */
interface Formula {
  readonly fits: number;
  readonly tail: string | null;
}

const everySet = 0xffff;
const sets: readonly Kinds[] = Array.from({ length: 16 }, (_, set) => set);
const kinds: readonly (readonly [Kinds, RuleKind])[] = [
  [lowercase, 'minLowercase'],
  [uppercase, 'minUppercase'],
  [digit, 'minDigits'],
  [symbol, 'minSymbols'],
];

/**
 * An expression of lookaheads and alternatives such as "any three of four kinds of characters", decided over
 * all sets of kinds. `demands` and `tail`, the expression of the length; null: not such an expression, or one
 * that asks for something else than three of four kinds or certain kinds.
 */
export function recogniseKinds(
  text: string,
): { readonly demands: readonly { kind: RuleKind; value: number }[]; readonly tail: string } | null {
  const formula = anyOf(text);
  if (formula === null || formula.tail === null) return null;
  const demands = demandsOf(formula.fits);
  return demands === null ? null : { demands, tail: formula.tail };
}

function demandsOf(fits: number): { kind: RuleKind; value: number }[] | null {
  const needed = kinds.filter(([kind]) => (fits & ~withAnyOf(kind)) === 0);
  const all = needed.reduce((both, [kind]) => both & withAnyOf(kind), everySet);
  if (fits === all) return needed.map(([, kind]) => ({ kind, value: 1 }));
  // The contract has no kind of rule for "any three of four". Each of these passwords has a letter, and an
  // identity provider guarantees a letter exactly when it guarantees three kinds.
  const threeOfFour = fitsWhere((set) => sizeOf(set) >= 3);
  return fits === threeOfFour ? [{ kind: 'minLetters', value: 1 }] : null;
}

function fitsWhere(condition: (set: Kinds) => boolean): number {
  return sets.reduce((fits, set) => (condition(set) ? fits | (1 << set) : fits), 0);
}

function withAnyOf(some: Kinds): number {
  return fitsWhere((set) => (set & some) !== 0);
}

function sizeOf(set: Kinds): number {
  return kinds.filter(([kind]) => (set & kind) !== 0).length;
}

function anyOf(text: string): Formula | null {
  const formulas = alternativesOf(text).map(sequence);
  const tail = formulas[0]?.tail ?? null;
  let fits = 0;
  for (const formula of formulas) {
    if (formula === null || formula.tail !== tail) return null;
    fits |= formula.fits;
  }
  return { fits, tail };
}

const group = /^\((?:\?:|(?![?]))/;
const length = /^\.(?:[*+]|\{\d{0,4},?\d{0,4}\})[?+]?$/;

function sequence(text: string): Formula | null {
  let rest = text
    .trim()
    .replace(/^\^/, '')
    .replace(/(?<!\\)\$$/, '');
  let fits = everySet;
  while (rest.startsWith('(')) {
    const end = closingParenthesis(rest);
    if (end === -1) return null;
    const isLookahead = rest.startsWith('(?=');
    const opening = isLookahead ? '(?=' : group.exec(rest)?.[0];
    if (opening === undefined) return null;
    const inner = rest.slice(opening.length, end);
    rest = rest.slice(end + 1);
    const part = isLookahead ? lookahead(inner) : anyOf(inner);
    if (part === null) return null;
    fits &= part.fits;
    if (part.tail !== null) return rest === '' ? { fits, tail: part.tail } : null;
  }
  if (rest === '') return { fits, tail: null };
  return length.test(rest) ? { fits, tail: rest } : null;
}

const characterClass = String.raw`(\[\^?(?:\\.|[^\]\\])+\]|\\[dDwW])`;
const contains = new RegExp(String.raw`^(?:\.\*[?+]?)${characterClass}(?:\.\*[?+]?)?\$?$`);
/** The same, written so that it never goes back: `[^A-Z]*[A-Z]`, `\D*\d`. */
const containsFirst = new RegExp(String.raw`^${characterClass}\*[?+]?${characterClass}(?:\.\*[?+]?)?\$?$`);

function lookahead(text: string): Formula | null {
  let fits = 0;
  for (const alternative of alternativesOf(text)) {
    const some = kindsIn(alternative);
    if (some === null) return null;
    fits |= withAnyOf(some);
  }
  return { fits, tail: null };
}

function kindsIn(text: string): Kinds | null {
  const anywhere = contains.exec(text)?.[1];
  if (anywhere !== undefined) return kindsOfClass(anywhere);
  const first = containsFirst.exec(text);
  if (first === null) return null;
  const [others, some] = [kindsOfClass(first[1] ?? ''), kindsOfClass(first[2] ?? '')];
  const isRest = others !== null && some !== null && (others | some) === 0xf && (others & some) === 0;
  return isRest ? some : null;
}
