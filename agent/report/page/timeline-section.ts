import type { Timeline, Tone } from '../../history/timeline/timeline-shape.ts';
import { durationText } from '../../shared/duration-text.ts';
import { filledText } from '../../shared/filled-text.ts';
import type { ReportTexts } from '../../texts/report-texts.ts';
import type { MacReport } from '../report.ts';
import { disclosure, element, section, tableOf } from './element.ts';
import type { Events } from './events.ts';
import { filled } from './filled.ts';
import { drawTimeline, type View } from './timeline-chart.ts';
import { localText, time, zoneName } from './times.ts';

type Labels = ReportTexts['timeline'];

const hour = 3_600_000;
const day = 24 * hour;
const lengths = [1, 7, 30];
const shortest = 10 * 60_000;

/** Calls `onView` with the visible part of the timeline. */
export function timelineSection(
  { timeline, issues, headline, generatedAt, knownUntil, labels: { timeline: labels, tones } }: MacReport,
  events: Events,
  onView: (view: View) => void,
): HTMLElement {
  if (timeline === null) return section('timeline', labels.heading, element('p', {}, labels.empty));
  const ended = knownUntil < generatedAt;
  const all = wholeOf(timeline, ended ? generatedAt : null);
  const brokenAt = issues.some(({ open }) => open)
    ? (headline.since ?? Math.max(...issues.filter(({ open }) => open).map(({ openedAt }) => openedAt)))
    : null;
  const first = brokenAt === null ? all : within({ from: brokenAt - day, to: brokenAt + day }, all);
  let view: View = first;
  const shown = element('p', { class: 'shown', 'aria-live': 'polite' });
  const names = timeline.lanes.map(({ name }) => name).join(', ');
  const place = element('div', {
    class: 'chart',
    role: 'img',
    'aria-label': filledText(labels.about, { names }),
  });
  const showView = (next: View) => {
    view = next;
    const length = durationText((next.to - next.from) / 1000);
    const between = { from: localText(next.from), to: localText(next.to) };
    shown.textContent = filledText(labels.shown, { ...between, length, zone: zoneName() });
    onView(next);
  };
  // ECharts measures the canvas, so the canvas must be on the page.
  queueMicrotask(() => {
    const end = { at: timeline.to, name: ended ? labels.end : labels.now };
    const chart = drawTimeline(place, timeline, { events, all, first, end, onView: showView });
    for (const [name, change] of buttons(all, brokenAt, labels))
      tools.append(button(name, () => chart.show(within(change(view), all))));
  });
  const tools = element('div', { class: 'tools', role: 'group', 'aria-label': labels.part });
  showView(first);
  const endText = ended
    ? element('p', {}, ...filled(labels.ended, { time: time(timeline.to), now: time(generatedAt) }))
    : '';
  return section(
    'timeline',
    labels.heading,
    tools,
    shown,
    endText,
    place,
    key(tones, labels),
    asTable(timeline, events, labels),
  );
}

/** A very short history gets some time on both sides; one that ended, up to `now`, some after its end. */
function wholeOf({ from, to }: Timeline, now: number | null): View {
  if (to - from < shortest) return { from: from - 3 * shortest, to: to + 3 * shortest };
  return { from, to: now === null ? to : Math.min(now, to + (to - from) / 20) };
}

function buttons(
  all: View,
  brokenAt: number | null,
  labels: Labels,
): [name: string, change: (view: View) => View][] {
  const length = all.to - all.from;
  const zoom =
    (factor: number) =>
    ({ from, to }: View): View => {
      const half = Math.max(((to - from) * factor) / 2, shortest / 2);
      const middle = (from + to) / 2;
      return { from: middle - half, to: middle + half };
    };
  const move =
    (direction: number) =>
    ({ from, to }: View): View => {
      const by = (direction * (to - from)) / 2;
      return { from: from + by, to: to + by };
    };
  return [
    [labels.everything, () => all],
    ...(brokenAt === null
      ? []
      : [
          [labels.theBreak, () => ({ from: brokenAt - day, to: brokenAt + day })] satisfies [
            string,
            () => View,
          ],
        ]),
    ...lengths
      .filter((days) => days * day < length)
      .map((days): [string, () => View] => [
        days === 1 ? labels.lastDay : filledText(labels.lastDays, { count: days }),
        () => ({ from: all.to - days * day, to: all.to }),
      ]),
    [labels.closer, zoom(1 / 2)],
    [labels.wider, zoom(2)],
    [labels.earlier, move(-1)],
    [labels.later, move(1)],
  ];
}

/** Moves the view into the timeline, with the same length if possible. */
function within({ from, to }: View, all: View): View {
  const length = Math.min(to - from, all.to - all.from);
  const start = Math.min(Math.max(from, all.from), all.to - length);
  return { from: start, to: start + length };
}

function button(name: string, act: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button' }, name);
  made.addEventListener('click', act);
  return made;
}

const keyTones: readonly Tone[] = ['good', 'quiet', 'notice', 'bad', 'unknown'];

function key(words: ReportTexts['tones'], { hint }: Labels): HTMLElement {
  return element(
    'p',
    { class: 'key' },
    ...keyTones.map((tone) =>
      element('span', {}, element('i', { class: `swatch ${tone}`, 'aria-hidden': 'true' }), words[tone]),
    ),
    element('span', { class: 'hint' }, hint),
  );
}

const mostRows = 500;

function asTable({ lanes, marks }: Timeline, events: Events, labels: Labels): HTMLElement {
  return disclosure([labels.table], () => {
    const spans = lanes.flatMap((lane) =>
      lane.spans.map(([from, to, state]) => ({
        from,
        cells: [
          lane.name,
          lane.states[state]?.name ?? '',
          time(from),
          time(to),
          durationText((to - from) / 1000),
        ],
      })),
    );
    const moments = marks.flatMap((lane) =>
      lane.events.map((index) => ({
        from: events.at[index] ?? 0,
        cells: [lane.name, events.summary(index), time(events.at[index] ?? 0), '', ''],
      })),
    );
    const rows = [...spans, ...moments].sort((one, other) => other.from - one.from);
    const some = rows.slice(0, mostRows).map(({ cells }) => cells);
    const caption =
      rows.length > mostRows
        ? filledText(labels.newestOf, { some: mostRows, all: rows.length })
        : labels.newestFirst;
    return [element('p', {}, caption), tableOf(caption, labels.heads, some)];
  });
}
