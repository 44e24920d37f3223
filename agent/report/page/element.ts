import { onPrint } from './printing.ts';

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * An element with attributes and children. Texts become text nodes, never markup. Leaves out attributes that
 * are false or undefined.
 */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === undefined) continue;
    made.setAttribute(key, value === true ? '' : String(value));
  }
  made.append(...children);
  return made;
}

export function list(items: readonly string[], name: 'ol' | 'ul' = 'ul'): HTMLElement {
  return element(name, {}, ...items.map((item) => element('li', {}, item)));
}

/** A region of the page with a heading. */
export function section(id: string, title: string, ...children: readonly (Node | string)[]): HTMLElement {
  const heading = element('h2', { id: `${id}-title` }, title);
  return element('section', { id, 'aria-labelledby': `${id}-title` }, heading, ...children);
}

/** A disclosure whose content is made when it first opens. */
export function disclosure(
  summary: readonly (Node | string)[],
  make: () => readonly Node[],
  open = false,
): HTMLDetailsElement {
  const details = element('details', {}, element('summary', {}, ...summary));
  let made = false;
  const fill = () => {
    if (made) return;
    made = true;
    details.append(...make());
  };
  details.addEventListener('toggle', () => {
    if (details.open) fill();
  });
  let unfolded = false;
  onPrint(
    () => {
      if (details.open) return;
      unfolded = true;
      fill();
      details.open = true;
    },
    () => {
      if (unfolded) details.open = false;
      unfolded = false;
    },
  );
  if (open) {
    fill();
    details.open = true;
  }
  return details;
}

/** A table in a frame that scrolls sideways, also by keyboard. */
export function tableOf(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly (Node | string)[])[],
): HTMLElement {
  const head = element('tr', {}, ...heads.map((text) => element('th', { scope: 'col' }, text)));
  const body = rows.map((cells) =>
    element('tr', {}, ...cells.map((cell, index) => element('td', { 'data-head': heads[index] }, cell))),
  );
  const table = element(
    'table',
    {},
    element('caption', { class: 'spoken' }, caption),
    element('thead', {}, head),
    element('tbody', {}, ...body),
  );
  return element('div', { class: 'frame', tabindex: 0, role: 'group', 'aria-label': caption }, table);
}
