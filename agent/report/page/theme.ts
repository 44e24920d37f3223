import type { Tone } from '../../history/timeline/timeline-shape.ts';
import { element } from './element.ts';

type Choice = 'auto' | 'light' | 'dark';
const choices: Readonly<Record<Choice, string>> = { auto: 'System', light: 'Light', dark: 'Dark' };

const listeners = new Set<() => void>();
const systemIsDark = matchMedia('(prefers-color-scheme: dark)');
const printing = matchMedia('print');

/** Calls the listener when the colours change: by choice, by the system, or for printing. */
export function onColours(listener: () => void): void {
  listeners.add(listener);
}

function notifyListeners(): void {
  for (const listener of listeners) listener();
}
systemIsDark.addEventListener('change', notifyListeners);
printing.addEventListener('change', notifyListeners);

/** The chooser of the colours; the default follows the system. */
export function themeChooser(): HTMLElement {
  const select = element(
    'select',
    { id: 'theme' },
    ...Object.entries(choices).map(([value, text]) => element('option', { value }, text)),
  );
  select.addEventListener('change', () => {
    if (select.value === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = select.value;
    notifyListeners();
  });
  return element('label', { class: 'theme' }, 'Colours ', select);
}

export type ColourName = Tone | 'text' | 'muted' | 'line' | 'surface' | 'accent' | 'onNotice' | 'onBad';

/** The present colours of the style sheet. */
export function colours(): (name: ColourName) => string {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(`--${name}`).trim();
}
