import { percentText } from '../../shared/percent-text.ts';
import { element } from './element.ts';

/** A share as a bar and a percentage. */
export function shareOf(part: number, whole: number): HTMLElement {
  const of = whole === 0 ? 0 : part / whole;
  const filled = element('i');
  filled.style.width = percentText(of).replace(' ', '');
  const bar = element('span', { class: 'bar', 'aria-hidden': 'true' }, filled);
  return element('span', { class: 'share' }, bar, percentText(of));
}
