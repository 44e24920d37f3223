import type { EventColumns } from '../report.ts';
import { withLocalTimes } from './times.ts';

/** Read access to events in columns, without making an object of each. */
export class Events {
  readonly at: readonly number[];
  readonly #columns: EventColumns;
  /** Made at the first search, since most readers never search. */
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

  /** The summary, with local times. */
  summary(index: number): string {
    return withLocalTimes(this.text('summary', index));
  }

  /** The different texts of a column, sorted. */
  values(column: 'kind' | 'severity'): string[] {
    const numbers = new Set(this.#columns[column]);
    return [...numbers].map((number) => this.#columns.texts[number] ?? '').sort();
  }

  /** Finds events by text. Searches each text once, even if many events share it. */
  search(words: string): (index: number) => boolean {
    const wanted = words.trim().toLowerCase();
    if (wanted === '') return () => true;
    this.#searchable ??= this.#columns.texts.map((text) => {
      // A reader may search for a local time of this page, or for an instant from another tool.
      const shown = withLocalTimes(text);
      return (shown === text ? text : `${shown}\n${text}`).toLowerCase();
    });
    const hit = this.#searchable.map((text) => text.includes(wanted));
    const { kind, issue, summary, detail } = this.#columns;
    return (index) => [kind, issue, summary, detail].some((column) => hit[column[index] ?? -1] === true);
  }
}
