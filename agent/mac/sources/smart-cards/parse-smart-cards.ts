/** `sc_auth list -u NAME`: `Hash: 0123…`, one line for each paired card. */
export function parseSmartCards(text: string): boolean {
  return /^Hash:\s*\S/m.test(text);
}
