/**
 * Text that came from anywhere else is made harmless before it is shown, logged or printed: C0 and C1 controls (a
 * terminal obeys U+009B), line and paragraph separators, and the bidirectional overrides and isolates that make a text
 * read as another. Quotes, `$()`, backticks and emoji are text and stay.
 */
const harmful = /[\p{Cc}\p{Bidi_Control}\ufeff]/gu;
const breaks = /[\t-\r\u0085\u2028\u2029]+/g;
/** Made when the first text is too long: Intl costs memory, and hardly any text is. */
let segmenter: Intl.Segmenter | null = null;

function graphemesOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

/** One line without harmful characters, at most `limit` characters as a person counts them, the last one then `…`. */
export function sanitiseLine(text: string, limit = 4096): string {
  // A text far beyond the limit need not be walked to its end, and one character may be a long row of accents.
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
  // Where the text was cut, its last character may be half a one.
  return `${kept.slice(0, Math.min(limit - 1, kept.length - 1)).join('')}…`;
}
