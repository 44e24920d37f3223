/**
 * A column of texts: each different text once, and for each row the number of its text; -1: null. Thousands
 * of rows have the same few texts, which are checked, compared and counted once.
 */
export interface TextCells {
  readonly texts: readonly string[];
  readonly at: Int32Array<ArrayBuffer>;
}

export const noTexts: TextCells = { texts: [], at: new Int32Array(0) };

/** Null: there is no text, or no such row. */
export function textAt({ texts, at }: TextCells, row: number): string | null {
  const number = at[row] ?? -1;
  // V8 is slow at `texts[-1]`, which it takes for the name of a property.
  return number < 0 ? null : (texts[number] ?? null);
}

/** The texts that rows have: `texts` can have others. */
export function usedTexts({ texts, at }: TextCells): ReadonlySet<string | undefined> {
  return new Set(Array.from(at, (number) => texts[number]));
}

/** The rows of `cells` with these numbers. */
export function textsOfRows({ texts, at }: TextCells, rows: readonly number[]): TextCells {
  const some = new Int32Array(rows.length);
  for (let row = 0; row < rows.length; row++) some[row] = at[rows[row] ?? -1] ?? -1;
  return { texts, at: some };
}

/** The column whose texts nearly all differ. */
const freeText = 'detail';

/**
 * Gives each different text a number, in the order of their first use. Those of a column of free text get one
 * each, since V8 internalises the keys of a Map: that takes longer than to keep some texts twice.
 */
export class TextNumbering {
  readonly texts: string[] = [];
  readonly #numbers: Map<string, number> | null;

  constructor(column: string) {
    this.#numbers = column === freeText ? null : new Map();
  }

  /** -1: null. */
  numberOf(text: string | null): number {
    if (text === null) return -1;
    const known = this.#numbers?.get(text);
    if (known !== undefined) return known;
    this.#numbers?.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }
}
