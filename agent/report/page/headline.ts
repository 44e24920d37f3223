import type { Tone } from '../../history/timeline/timeline-shape.ts';
import type { MacReport } from '../report.ts';
import { element } from './element.ts';
import { time } from './times.ts';

/** A sign and a word, since colour alone is not accessible. */
const signs: Readonly<Record<Tone, readonly [sign: string, word: string]>> = {
  good: ['✓', 'OK'],
  quiet: ['–', 'Nothing to do'],
  notice: ['!', 'Check'],
  bad: ['✕', 'Problem'],
  unknown: ['?', 'Unknown'],
};

/** The state in one sentence, with details below it. */
export function headline({
  headline: { tone, text, since, window, confirmedAt, next },
}: MacReport): HTMLElement {
  const [before = '', after = ''] = window.split('{at}');
  const sentence = element('p', {}, before);
  if (confirmedAt !== null && window.includes('{at}')) sentence.append(time(confirmedAt));
  sentence.append(after);
  const more = [sentence];
  if (since !== null) more.push(element('p', { class: 'muted' }, 'Since ', time(since), '.'));
  if (next !== '') more.push(element('p', {}, next));
  return headlineOf(tone, text, more);
}

export function headlineOf(tone: Tone, text: string, more: readonly HTMLElement[]): HTMLElement {
  const [sign, word] = signs[tone];
  return element(
    'section',
    { class: `headline ${tone}`, 'aria-label': 'Headline' },
    element('span', { class: 'sign', role: 'img', 'aria-label': word }, sign),
    element('div', {}, element('p', { class: 'big' }, text), ...more),
  );
}
