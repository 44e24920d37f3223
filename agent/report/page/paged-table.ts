import { element, tableOf } from './element.ts';
import { pagerOf } from './pager.ts';

interface PagedTable<Row> {
  readonly what: string;
  readonly heads: readonly string[];
  readonly rows: readonly Row[];
  readonly row: (row: Row) => readonly (Node | string)[];
}

/** A table in pages of fifty rows. */
export function pagedTable<Row>({ what, heads, rows, row }: PagedTable<Row>): HTMLElement {
  const place = element('div');
  const turned = () => {
    const { from, to } = pager.range(rows.length);
    place.replaceChildren(tableOf(what, heads, rows.slice(from, to).map(row)));
  };
  const pager = pagerOf(`Pages of ${what}`, { back: 'Before', on: 'Next' }, { perPage: 50, turned });
  turned();
  return element('div', {}, place, pager.buttons);
}
