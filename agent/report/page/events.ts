import type { EventColumns } from '../report.ts';
import { withLocalTimes } from './times.ts';

/** Read access to events in columns, without making an object of each. */
export class Events {
  readonly at: readonly number[];
  readonly #columns: EventColumns;
  /** Made at the first search: a page is opened far more often than it is searched. */
  #searchable: string[] | null = null;

  constructor(columns: EventColumns) {
    this.#columns = columns;
    let now = 0;
    this.at = columns.at.map((passed) => {
      now += passed;
      return now;
    });
  }

  get count(): number {
    return this.at.length;
  }

  text(column: Exclude<keyof EventColumns, 'texts' | 'at'>, index: number): string {
    return this.#columns.texts[this.#columns[column][index] ?? -1] ?? '';
  }

  /** What happened, in a sentence, with times as they are shown here. */
  summary(index: number): string {
    return withLocalTimes(this.text('summary', index));
  }

  /** The different texts of a column, sorted. */
  values(column: 'kind' | 'severity'): string[] {
    const numbers = new Set(this.#columns[column]);
    return [...numbers].map((number) => this.#columns.texts[number] ?? '').sort();
  }

  /** By text, which of them have it in them: each text is looked at once, however many events share it. */
  search(words: string): (index: number) => boolean {
    const wanted = words.trim().toLowerCase();
    if (wanted === '') return () => true;
    this.#searchable ??= this.#columns.texts.map((text) => {
      // Whoever searches has what is shown before them, or what another tool says of the database.
      const shown = withLocalTimes(text);
      return (shown === text ? text : `${shown}\n${text}`).toLowerCase();
    });
    const hit = this.#searchable.map((text) => text.includes(wanted));
    const { kind, issue, summary, detail } = this.#columns;
    return (index) => [kind, issue, summary, detail].some((column) => hit[column[index] ?? -1] === true);
  }
}
