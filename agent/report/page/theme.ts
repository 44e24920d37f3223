import type { Tone } from '../../history/timeline/timeline-shape.ts';
import type { ReportTexts } from '../../texts/report-texts.ts';
import { element } from './element.ts';

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
export function themeChooser({ label, auto, light, dark }: ReportTexts['colours']): HTMLElement {
  const select = element(
    'select',
    { id: 'theme' },
    ...Object.entries({ auto, light, dark }).map(([value, text]) => element('option', { value }, text)),
  );
  select.addEventListener('change', () => {
    if (select.value === 'auto') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = select.value;
    notifyListeners();
  });
  return element('label', { class: 'theme' }, `${label} `, select);
}

export type ColourName = Tone | 'text' | 'muted' | 'line' | 'surface' | 'accent' | 'onNotice' | 'onBad';

/** The present colours of the style sheet. */
export function colours(): (name: ColourName) => string {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(`--${name}`).trim();
}
