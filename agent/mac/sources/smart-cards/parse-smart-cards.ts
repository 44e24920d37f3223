/**
 * `sc_auth list -u NAME`: `Hash: 0123…`, one line for each paired card. Without one, nothing or a line that
 * begins with `No`. Null: another text.
 */
export function parseSmartCards(text: string): boolean | null {
  if (/^Hash:\s*\S/m.test(text)) return true;
  return text.trim() === '' || /^No\b/m.test(text) ? false : null;
}
