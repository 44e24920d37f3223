import type { Tone } from '../../history/timeline/timeline-shape.ts';
import { element } from './element.ts';

type Choice = 'auto' | 'light' | 'dark';
const choices: Readonly<Record<Choice, string>> = { auto: 'As my system', light: 'Light', dark: 'Dark' };

const listeners = new Set<() => void>();
const systemIsDark = matchMedia('(prefers-color-scheme: dark)');
const printing = matchMedia('print');

/** Calls when colours are others: chosen, changed by the system, or for paper. */
export function onColours(listener: () => void): void {
  listeners.add(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}
systemIsDark.addEventListener('change', tell);
printing.addEventListener('change', tell);

/** Lets the reader choose; without a choice it is as the system says. */
export function themeChooser(): HTMLElement {
  const select = element(
    'select',
    { id: 'theme' },
    ...Object.entries(choices).map(([value, text]) => element('option', { value }, text)),
  );
  select.addEventListener('change', () => {
    if (select.value === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = select.value;
    tell();
  });
  return element('label', { class: 'theme' }, 'Colours ', select);
}

export type ColourName = Tone | 'text' | 'muted' | 'line' | 'surface' | 'accent' | 'onNotice' | 'onBad';

/** The colours in force, as the style sheet has them. */
export function colours(): (name: ColourName) => string {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(`--${name}`).trim();
}
