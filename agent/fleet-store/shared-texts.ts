/** Past this number, sharing begins again. */
const mostShared = 5_000;

/**
 * One text for all equal ones: thousands of events and histories have the same kind, version and sentence,
 * and JSON makes a new text for each.
 */
export class SharedTexts {
  readonly #texts = new Map<string, string>();

  of(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    if (this.#texts.size >= mostShared) this.#texts.clear();
    this.#texts.set(text, text);
    return text;
  }
}
