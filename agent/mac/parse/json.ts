/** The deepest nesting that is read. macOS prints four levels, and each level costs JSON.parse memory. */
const deepestNesting = 64;

/**
 * The value of a JSON text. Throws SyntaxError when it is none, or when it is nested so deeply that reading
 * it would take more memory than the agent has (16 MiB of brackets take a gigabyte).
 */
export function parseJson(text: string): unknown {
  if (nestsDeeper(text, deepestNesting)) throw new SyntaxError('nested too deeply');
  return JSON.parse(text);
}

/** The text of a JSON string with its quotes; null: JSON knows no such string. */
export function jsonString(printed: string): string | null {
  try {
    const value: unknown = JSON.parse(printed);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

const quote = 0x22;
const backslash = 0x5c;

function nestsDeeper(text: string, limit: number): boolean {
  // Hardly any text has so many brackets at all, and finding them is native.
  if (countOf('{', text, limit) + countOf('[', text, limit) <= limit) return false;
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charCodeAt(index);
    if (inString) {
      if (character === backslash) index += 1;
      else if (character === quote) inString = false;
    } else if (character === quote) inString = true;
    else if (character === 0x7b || character === 0x5b) depth += 1;
    else if (character === 0x7d || character === 0x5d) depth -= 1;
    if (depth > limit) return true;
  }
  return false;
}

/** How often the character is in the text; it stops counting when there are more than `enough`. */
function countOf(character: string, text: string, enough: number): number {
  let count = 0;
  let found = text.indexOf(character);
  while (found !== -1 && count <= enough) {
    count += 1;
    found = text.indexOf(character, found + 1);
  }
  return count;
}
