/**
 * `sc_auth list -u NAME`: `Hash: 0123…`, one line for each paired card. Without a card, nothing, or a line
 * that says so. Null: another text, such as `No such user`, which does not show whether there is a card.
 */
export function parseSmartCards(text: string): boolean | null {
  if (/^Hash:\s*\S/m.test(text)) return true;
  return text.trim() === '' || /^No\b.*\b(?:paired|identit|hash|smart ?card)/im.test(text) ? false : null;
}
