/** Where the group at the start of the text closes, or -1. Brackets and escapes hide parentheses. */
export function closingParenthesis(text: string): number {
  let depth = 0;
  for (const { at, character } of plainCharacters(text)) {
    if (character === '(') depth += 1;
    else if (character === ')') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}

/** The alternatives of the text, split at each `|` outside of groups and brackets. */
export function alternativesOf(text: string): string[] {
  const alternatives: string[] = [];
  let depth = 0;
  let from = 0;
  for (const { at, character } of plainCharacters(text)) {
    if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    else if (character === '|' && depth === 0) {
      alternatives.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return [...alternatives, text.slice(from)];
}

/** The text without anchors and without a group around all of it. */
export function unwrapped(text: string): string {
  const inner = text
    .trim()
    .replace(/^\^/, '')
    .replace(/(?<!\\)\$$/, '');
  const opening = /^\((?:\?:|(?!\?))/.exec(inner)?.[0];
  // An anchor binds to one alternative only.
  if (alternativesOf(text).length > 1) return text;
  if (opening === undefined || closingParenthesis(inner) !== inner.length - 1) return inner;
  return unwrapped(inner.slice(opening.length, -1));
}

/** The characters outside of brackets and escapes. */
function* plainCharacters(text: string): Generator<{ readonly at: number; readonly character: string }> {
  let inClass = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\') at += 1;
    else if (inClass) inClass = character !== ']';
    else if (character === '[') inClass = true;
    else yield { at, character };
  }
}
