import * as z from 'zod/mini';
import { TextNumbering } from './text-cells.ts';

type Cell = string | number | null;

/** A list of items as cells, one item after the other. Of a text, a cell is its number in `texts`. */
interface PackedList {
  readonly texts: readonly string[];
  readonly cells: readonly (number | null)[];
}

/** How an item becomes cells, and cells become an item. */
export interface ItemForm<Item> {
  /** How many cells an item has. */
  readonly columns: number;
  readonly cellsOf: (item: Item) => readonly Cell[];
  /** Throws an Error for a cell of another type. */
  readonly itemOf: (cells: ItemCells) => Item;
}

/** The cells of one item of a packed list, by column. */
class ItemCells {
  readonly #list: PackedList;
  /** The first cell of the item. */
  first = 0;

  constructor(list: PackedList) {
    this.#list = list;
  }

  text(column: number): string {
    const text = this.#list.texts[this.number(column)];
    if (text === undefined) throw new Error('a text is missing');
    return text;
  }

  number(column: number): number {
    const cell = this.numberOrNull(column);
    if (cell === null) throw new Error('a number is missing');
    return cell;
  }

  numberOrNull(column: number): number | null {
    return this.#list.cells[this.first + column] ?? null;
  }
}

export function packList<Item>(items: readonly Item[], { cellsOf }: ItemForm<Item>): PackedList {
  const numbering = new TextNumbering('item');
  const cells = items.flatMap((item) =>
    cellsOf(item).map((cell) => (typeof cell === 'string' ? numbering.numberOf(cell) : cell)),
  );
  return { texts: numbering.texts, cells };
}

/*
 * A report reads the lists of thousands of histories. As objects, an issue would be four times as long: the
 * names of its keys and its texts repeat. One check for all cells, as in `plain-values.ts`.
 */
const packedList = z.object({
  texts: z.array(z.string()),
  cells: z.custom<PackedList['cells']>((value) => Array.isArray(value) && value.every(isCell)),
});

const isCell = (value: unknown) => value === null || typeof value === 'number';

/** The list of a packed list. */
export function packedListOf<Item>({ columns, itemOf }: ItemForm<Item>) {
  return z.pipe(
    packedList,
    z.transform((list): Item[] => {
      if (list.cells.length % columns !== 0) throw new Error('an item is not complete');
      const cells = new ItemCells(list);
      const items: Item[] = [];
      for (; cells.first < list.cells.length; cells.first += columns) items.push(itemOf(cells));
      return items;
    }),
  );
}
