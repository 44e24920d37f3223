import type { RuleKind } from '../../../shared/observation.ts';
import { recogniseKinds } from './character-kinds-formula.ts';
import { alternativesOf, closingParenthesis, unwrapped } from './expression-text.ts';

/** One demand on a password: how many of what. True for a demand without a number. */
export interface Demand {
  readonly kind: RuleKind;
  readonly value: number | true;
}

/** Longer expressions than any profile writes are not looked at. */
const longestExpression = 400;

/**
 * The demands of an ICU regular expression of a password policy, recognised by its shape; null: an unknown
 * shape. It is never compiled: it is untrusted, and may be possessive (`{8,}+`), which JavaScript does not
 * have.
 *
 * Shapes as printed by `pwpolicy -getaccountpolicies` and as written by the macOS Security Compliance
 * Project: `.{8,}` · `.{8,}+` · `(.*[A-Z].*){1,}+` · `^(?=.*[0-9])(?=.*[a-zA-Z]).+`
 */
export function recogniseExpression(expression: string): Demand[] | null {
  if (expression.length > longestExpression) return null;
  const text = unwrapped(expression.trim().replaceAll('\\\\', '\\'));
  // No identity provider accepts a blank password, so that it is allowed here refuses none of its passwords.
  const alternatives = alternativesOf(text).filter((alternative) => !blank.test(alternative));
  const [only] = alternatives;
  const demands = alternatives.length === 1 && only !== undefined ? conjunction(only) : null;
  return demands ?? ofKinds(alternatives.join('|'));
}

/** `^$`: a blank password. */
const blank = /^\^?(?:\((?:\?:)?\^?\$?\))?\$?$/;

/**
 * All of several lookaheads and of what follows them. Lookaheads alone have no width: no password fits them.
 */
function conjunction(text: string): Demand[] | null {
  let rest = unwrapped(text);
  const demands: Demand[] = [];
  while (rest.startsWith('(?=')) {
    const end = closingParenthesis(rest);
    if (end === -1) return null;
    const demand = clause(rest.slice(3, end).replace(/\$$/, ''), true);
    if (demand === null) return null;
    demands.push(...demand);
    rest = rest.slice(end + 1);
  }
  const last = clause(rest.replace(/\$$/, ''), false);
  return last === null ? null : withAlphanumeric([...demands, ...last]);
}

function ofKinds(text: string): Demand[] | null {
  const found = recogniseKinds(text);
  const swallowed = found === null ? null : clause(found.tail, false);
  return found === null || swallowed === null ? null : withAlphanumeric([...found.demands, ...swallowed]);
}

const characters = String.raw`(\[\^?[^\]]+\]|\\[dW])`;
const anything = String.raw`(?:\.\*[?+]?)`;
const lengthShape = /^(?:\.|\(\.\))\{(\d{0,4})(,?)(\d{0,4})\}[?+]?$/;
// A `?` behind the characters alone makes them optional.
const onceShape = new RegExp(`^${anything}${characters}(?:(?:\\{1,?\\}|\\+)[?+]?)?(${anything})?$`);
const groupShape = new RegExp(
  `^\\((?:\\?:)?${anything}${characters}(${anything})?\\)(?:\\{(\\d{1,4}),?\\d{0,4}\\}|\\+)[?+]?(${anything})?$`,
);

function clause(text: string, inLookahead: boolean): Demand[] | null {
  if (/^\.[*]?[?+]?$/.test(text))
    return text.startsWith('.*') ? [] : text === '.+' ? [{ kind: 'minLength', value: 1 }] : null;
  const length = lengthShape.exec(text);
  if (length !== null) return lengthDemands(length[1] ?? '', length[2] === ',', length[3] ?? '', inLookahead);
  const once = onceShape.exec(text);
  // The expression has to match the whole password, so outside a lookahead something must swallow its end.
  if (once !== null) return inLookahead || once[2] !== undefined ? classDemand(once[1] ?? '', 1) : null;
  const group = groupShape.exec(text);
  if (group === null) return null;
  const open = inLookahead || group[2] !== undefined || group[4] !== undefined;
  return open ? classDemand(group[1] ?? '', group[3] === undefined ? 1 : Number(group[3])) : null;
}

function lengthDemands(least: string, comma: boolean, most: string, inLookahead: boolean): Demand[] | null {
  if (least === '' && most === '') return null;
  const upper = comma ? most : least;
  const demands: Demand[] = [{ kind: 'minLength', value: Number(least === '' ? '0' : least) }];
  // A lookahead is content with a part of the password and so sets no upper limit.
  if (upper !== '' && !inLookahead) demands.push({ kind: 'maxLength', value: Number(upper) });
  return demands;
}

function classDemand(shape: string, value: number): Demand[] | null {
  const kind = classKind(shape);
  return kind === null ? null : [{ kind, value }];
}

function classKind(shape: string): RuleKind | null {
  if (shape === '\\d') return 'minDigits';
  if (shape === '\\W') return 'minSymbols';
  const negated = shape.startsWith('[^');
  const body = shape.slice(negated ? 2 : 1, -1);
  const lower = body.includes('a-z');
  const upper = body.includes('A-Z');
  const digits = body.includes('0-9') || body.includes('\\d');
  const rest = body.replace('a-z', '').replace('A-Z', '').replace('0-9', '').replace('\\d', '');
  if (negated)
    return lower && upper && digits && rest === '' ? 'minSymbols' : rest === '\\w' ? 'minSymbols' : null;
  if (rest === '\\W' || rest === '\\W_' || rest === '_\\W')
    return lower || upper || digits ? null : 'minSymbols';
  if (rest !== '') return !lower && !upper && !digits && isSymbols(rest) ? 'minSymbols' : null;
  if (digits) return lower || upper ? null : 'minDigits';
  if (lower && upper) return 'minLetters';
  return upper ? 'minUppercase' : lower ? 'minLowercase' : null;
}

/** Punctuation only, with or without escapes: a list of symbols such as `[!@#$%]`. */
function isSymbols(body: string): boolean {
  return /^[!-/:-@[-`{-~]+$/.test(body);
}

/** The payload's requireAlphanumeric is written as two lookaheads: a digit and a letter. */
function withAlphanumeric(demands: readonly Demand[]): Demand[] {
  const isDigit = (demand: Demand) => demand.kind === 'minDigits' && demand.value === 1;
  const isLetter = (demand: Demand) => demand.kind === 'minLetters' && demand.value === 1;
  const rest = demands.filter(
    (demand) => !(demand.kind === 'minLength' && demand.value === 1 && demands.length > 1),
  );
  if (!rest.some(isDigit) || !rest.some(isLetter)) return rest;
  return [
    { kind: 'alphanumeric', value: true },
    ...rest.filter((demand) => !isDigit(demand) && !isLetter(demand)),
  ];
}
