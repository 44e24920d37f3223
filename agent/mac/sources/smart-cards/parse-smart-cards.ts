/**
 * `sc_auth list -u NAME`: `Hash: 0123…`, one line for each paired card. Without one, nothing, or a line that
 * says that there is no card. Null: another text, such as `No such user`, which tells nothing of cards.
 */
export function parseSmartCards(text: string): boolean | null {
  if (/^Hash:\s*\S/m.test(text)) return true;
  return text.trim() === '' || /^No\b.*\b(?:paired|identit|hash|smart ?card)/im.test(text) ? false : null;
}
