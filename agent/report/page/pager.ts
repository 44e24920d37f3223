import { element } from './element.ts';
import { isPrinting, onPrint } from './printing.ts';

/** A browser takes minutes to print more rows. */
const mostPrinted = 5_000;

export interface Pager {
  readonly buttons: HTMLElement;
  /** The rows of the present page. */
  readonly range: (total: number) => { readonly from: number; readonly to: number };
  /** Back to the first page. */
  readonly reset: () => void;
}

/** Pages of a long table; `turned` draws the present page again. */
export function pagerOf(
  what: string,
  names: { readonly back: string; readonly on: string },
  { perPage, turned }: { perPage: number; turned: () => void },
): Pager {
  let page = 0;
  const on = element('button', { type: 'button' }, names.on);
  const back = element('button', { type: 'button' }, names.back);
  const buttons = element('div', { class: 'tools', role: 'group', 'aria-label': what }, back, on);
  const turn = (by: number) => {
    page += by;
    turned();
  };
  onPrint(turned, turned);
  on.addEventListener('click', () => turn(1));
  back.addEventListener('click', () => turn(-1));
  return {
    buttons,
    reset: () => {
      page = 0;
    },
    range: (total) => {
      if (isPrinting()) return { from: 0, to: Math.min(total, mostPrinted) };
      const last = Math.max(0, Math.ceil(total / perPage) - 1);
      page = Math.min(page, last);
      on.disabled = page >= last;
      back.disabled = page === 0;
      buttons.hidden = last === 0;
      return { from: page * perPage, to: Math.min(total, (page + 1) * perPage) };
    },
  };
}
