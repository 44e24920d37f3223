import { isCurrent } from '../../assess/freshness.ts';
import type { FleetSummary } from '../../fleet/fleet-output.ts';
import { worksText } from '../../fleet/works-text.ts';
import type { Tone } from '../../history/timeline/timeline-shape.ts';
import { counted } from '../../shared/counted.ts';
import { durationText } from '../../shared/duration-text.ts';
import type { ReportTexts } from '../../texts/report-texts.ts';
import { element } from './element.ts';
import { headlineOf } from './headline.ts';
import { time } from './times.ts';

/** How many Macs work, and what is wrong with the others. */
export function fleetHeadline(summary: FleetSummary, words: ReportTexts): HTMLElement {
  const { macs, reporting, headlines, silent, asOf, silentAfterSeconds, freshness } = summary;
  const of = (word: string) => headlines.find((row) => row.headline === word)?.macs ?? 0;
  const trouble = of('needs-attention') + of('not-registered');
  const current = isCurrent(freshness);
  const tone: Tone =
    reporting === 0 || !current
      ? 'unknown'
      : trouble > 0
        ? trouble * 10 > reporting
          ? 'bad'
          : 'notice'
        : of('unknown') > 0
          ? 'unknown'
          : 'good';
  const more = headlines
    .filter((row) => row.headline !== 'ok')
    .map(({ text, macs: count }) => element('p', {}, `${counted(count, 'Mac')}: ${text}`));
  if (silent.length > 0)
    more.push(
      element(
        'p',
        {},
        `${counted(silent.length, 'Mac')} recorded nothing for ${durationText(silentAfterSeconds)} or more.`,
      ),
    );
  if (asOf !== null)
    more.push(
      element('p', { class: 'muted' }, 'As of ', time(Date.parse(asOf)), ', the newest record of any Mac.'),
    );
  if (macs === 0) return headlineOf(tone, ['No Mac could be read.'], more, words);
  const works = worksText(summary);
  return headlineOf(
    tone,
    current || asOf === null
      ? [`${works}.`]
      : ['Not known since ', time(Date.parse(asOf)), ` (was: ${works})`],
    more,
    words,
  );
}
