/** A set of the four kinds of characters that identity providers count, one bit each. */
export type Kinds = number;
export const lowercase = 1;
export const uppercase = 2;
export const digit = 4;
export const symbol = 8;

const blank = ' ';
const printable = charactersBetween(blank, '~');
const members: readonly (readonly [Kinds, readonly string[]])[] = [
  [lowercase, charactersBetween('a', 'z')],
  [uppercase, charactersBetween('A', 'Z')],
  [digit, charactersBetween('0', '9')],
  // Many expressions leave out the blank, and `\W` leaves out the underscore.
  [symbol, printable.filter((character) => !/[\w ]/.test(character))],
];

/**
 * The kinds that one character class of a regular expression stands for: `[a-z]`, `\d`, `[^a-zA-Z0-9]`. null:
 * a class not known, or one with a part of a kind, such as a short list of symbols: it refuses other symbols.
 */
export function kindsOfClass(shape: string): Kinds | null {
  const set = shape.startsWith('[') ? bracketed(shape) : escaped(shape);
  if (set === null) return null;
  let kinds = 0;
  for (const [kind, characters] of members) {
    const held = characters.filter((character) => set.has(character)).length;
    if (held === characters.length) kinds |= kind;
    else if (held > 0) return null;
  }
  return kinds === 0 ? null : kinds;
}

function charactersBetween(first: string, last: string): string[] {
  const from = first.charCodeAt(0);
  const count = Math.max(0, last.charCodeAt(0) - from + 1);
  return Array.from({ length: count }, (_, i) => String.fromCharCode(from + i));
}

function escaped(text: string): ReadonlySet<string> | null {
  const only = (pattern: RegExp) => new Set(printable.filter((character) => pattern.test(character)));
  switch (text) {
    case '\\d':
      return only(/\d/);
    case '\\D':
      return only(/\D/);
    case '\\w':
      return only(/\w/);
    case '\\W':
      return only(/\W/);
    case '\\s':
      return only(/\s/);
    default:
      // An escaped letter is a class or a character that is not known here.
      return /^\\[^A-Za-z0-9]$/.test(text) ? new Set(text.slice(1)) : null;
  }
}

function bracketed(shape: string): ReadonlySet<string> | null {
  const negated = shape.startsWith('[^');
  const parts = shape.slice(negated ? 2 : 1, -1).match(/\\.|[^\\]/g) ?? [];
  const set = new Set<string>();
  for (let i = 0; i < parts.length; i += 1) {
    const part = parts[i] ?? '';
    // ICU reads a bracket as a set within the set, and `&&` as an intersection.
    if (part === '[' || (part === '&' && parts[i + 1] === '&')) return null;
    const last = parts[i + 1] === '-' ? parts[i + 2] : undefined;
    const added: Iterable<string> | null =
      last !== undefined
        ? charactersBetween(part.slice(-1), last.slice(-1))
        : part.length === 1
          ? [part]
          : escaped(part);
    if (added === null) return null;
    if (last !== undefined) {
      if (/^\\[A-Za-z]/.test(part) || /^\\[A-Za-z]/.test(last)) return null;
      i += 2;
    }
    for (const character of added) set.add(character);
  }
  return negated ? new Set(printable.filter((character) => !set.has(character))) : set;
}
