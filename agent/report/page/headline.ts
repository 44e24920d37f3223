import type { Tone } from '../../history/timeline/timeline-shape.ts';
import type { ReportTexts } from '../../texts/report-texts.ts';
import type { MacReport } from '../report.ts';
import { element } from './element.ts';
import { filled } from './filled.ts';
import { time, withLocalTimes } from './times.ts';

/** A sign beside a word, since colour alone is not accessible. */
export const signs: Readonly<Record<Tone, string>> = {
  good: '✓',
  quiet: '–',
  notice: '!',
  bad: '✕',
  unknown: '?',
};

/** The state in one sentence, with details below it. */
export function headline({
  headline: { tone, text, isCurrent, since, problem, cause, notes, window, confirmedAt, next },
  knownUntil,
  labels,
}: MacReport): HTMLElement {
  const more: HTMLElement[] = isCurrent ? [] : [element('p', { class: 'muted' }, labels.lastKnown)];
  if (problem !== '') more.push(element('p', {}, withLocalTimes(problem)));
  if (cause !== '') more.push(element('p', { class: 'cause' }, withLocalTimes(cause)));
  if (window !== '') more.push(element('p', {}, ...withTime(window, '{at}', confirmedAt)));
  for (const note of notes) more.push(element('p', {}, withLocalTimes(note)));
  if (since !== null)
    more.push(element('p', { class: 'muted' }, ...filled(labels.since, { time: time(since) })));
  if (next !== '') more.push(element('p', {}, next));
  return headlineOf(tone, withTime(text, '{until}', knownUntil), more, labels);
}

/** A sentence with a time in its place. */
function withTime(sentence: string, place: string, at: number | null): (Node | string)[] {
  const [before = '', after] = sentence.split(place);
  return after === undefined || at === null ? [before] : [before, time(at), after];
}

export function headlineOf(
  tone: Tone,
  text: readonly (Node | string)[],
  more: readonly HTMLElement[],
  { stateOfSignIn, tones }: Pick<ReportTexts, 'stateOfSignIn' | 'tones'>,
): HTMLElement {
  return element(
    'section',
    { class: `headline ${tone}`, 'aria-label': stateOfSignIn },
    element('span', { class: 'sign', role: 'img', 'aria-label': tones[tone] }, signs[tone]),
    element('div', {}, element('p', { class: 'big' }, ...text), ...more),
  );
}
