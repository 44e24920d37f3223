/**
 * Characters that are removed from outside text before it is shown, logged or printed: C0 and C1 controls (a
 * terminal obeys U+009B) and the bidirectional controls that make a text read as another. Line and paragraph
 * separators become spaces. Quotes, `$()`, backticks and emoji are text and stay.
 */
const harmful = /[\p{Cc}\p{Bidi_Control}\ufeff]/gu;
const breaks = /[\t-\r\u0085\u2028\u2029]+/g;
/** Called for a text that may be too long only: Intl costs memory, and few texts need it. */
function graphemesOf(text: string): Intl.Segments {
  return new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text);
}

/** The styles that a terminal may obey: bold, dim, italic and the colours of this product. */
const escapeCharacter = '\u001b';
const obeyed = new RegExp(`(${escapeCharacter}\\[(?:[0-3]|2[23]|3[1-69]|39)m)`);

/**
 * Text for a terminal, of one or more lines: without harmful characters, but with line feeds and styles. A
 * text from outside can be coloured by this and not more.
 */
export function sanitiseOutput(text: string): string {
  if (/^[\n -~]*$/.test(text)) return text;
  return text
    .split(obeyed)
    .map((part, index) =>
      index % 2 === 1 ? part : part.replace(/[^\n]+/g, (line) => line.replace(harmful, '')),
    )
    .join('');
}

/** JSON with harmful characters escaped: the same value, which a terminal does not obey. */
export function sanitiseJson(json: string): string {
  return json.replace(
    /[[\p{Cc}\p{Bidi_Control}\ufeff]--\n]/gv,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** One line without harmful characters, at most `limit` graphemes. A cut text ends in `…`. */
export function sanitiseLine(text: string, limit = 4096): string {
  // Bounds the work for a very long text. A grapheme can be long: a letter with many accents.
  const most = limit * 16;
  const tooLong = text.length > most;
  const clean = (tooLong ? text.slice(0, most) : text).replace(breaks, ' ').replace(harmful, '');
  if (!tooLong && clean.length <= limit) return clean;
  const kept: string[] = [];
  for (const { segment } of graphemesOf(clean)) {
    kept.push(segment);
    if (kept.length > limit) break;
  }
  if (!tooLong && kept.length <= limit) return clean;
  // The last grapheme of a cut text may be incomplete.
  return `${kept.slice(0, Math.min(limit - 1, kept.length - 1)).join('')}…`;
}
