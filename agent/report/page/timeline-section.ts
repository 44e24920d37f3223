import type { Timeline, Tone } from '../../history/timeline/timeline-shape.ts';
import type { MacReport } from '../report.ts';
import { disclosure, element, section, tableOf } from './element.ts';
import type { Events } from './events.ts';
import { drawTimeline, type View } from './timeline-chart.ts';
import { durationText, localText, time, zoneName } from './times.ts';

const hour = 3_600_000;
const day = 24 * hour;
const lengths: readonly (readonly [name: string, milliseconds: number])[] = [
  ['Last day', day],
  ['Last 7 days', 7 * day],
  ['Last 30 days', 30 * day],
];
const shortest = 10 * 60_000;

/** Calls `onView` with the visible part of the timeline. */
export function timelineSection(
  { timeline, issues, headline, generatedAt, knownUntil }: MacReport,
  events: Events,
  onView: (view: View) => void,
): HTMLElement {
  if (timeline === null)
    return section('timeline', 'Timeline', element('p', {}, 'Nothing has been recorded yet.'));
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
    'aria-label': `Timeline of ${names}. The table below it has the same content.`,
  });
  const showView = (next: View) => {
    view = next;
    const length = durationText((next.to - next.from) / 1000);
    shown.textContent = `Shown: ${localText(next.from)} – ${localText(next.to)} (${length}), in ${zoneName()} time.`;
    onView(next);
  };
  // ECharts measures the canvas, so the canvas must be on the page.
  queueMicrotask(() => {
    const end = { at: timeline.to, name: ended ? 'end of the history' : 'now' };
    const chart = drawTimeline(place, timeline, { events, all, first, end, onView: showView });
    for (const [name, change] of buttons(all, brokenAt))
      tools.append(button(name, () => chart.show(within(change(view), all))));
  });
  const tools = element('div', { class: 'tools', role: 'group', 'aria-label': 'Which part of the timeline' });
  showView(first);
  const endText = ended
    ? element('p', {}, 'The history ends at ', time(timeline.to), '; now is ', time(generatedAt), '.')
    : '';
  return section('timeline', 'Timeline', tools, shown, endText, place, key(), asTable(timeline, events));
}

/** A very short history gets some time on both sides; one that ended, up to `now`, some after its end. */
function wholeOf({ from, to }: Timeline, now: number | null): View {
  if (to - from < shortest) return { from: from - 3 * shortest, to: to + 3 * shortest };
  return { from, to: now === null ? to : Math.min(now, to + (to - from) / 20) };
}

function buttons(all: View, brokenAt: number | null): [name: string, change: (view: View) => View][] {
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
    ['Everything', () => all],
    ...(brokenAt === null
      ? []
      : [['The break', () => ({ from: brokenAt - day, to: brokenAt + day })] satisfies [string, () => View]]),
    ...lengths
      .filter(([, milliseconds]) => milliseconds < length)
      .map(([name, milliseconds]): [string, () => View] => [
        name,
        () => ({ from: all.to - milliseconds, to: all.to }),
      ]),
    ['Closer', zoom(1 / 2)],
    ['Wider', zoom(2)],
    ['Earlier', move(-1)],
    ['Later', move(1)],
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

const keyOf: readonly (readonly [Tone, string])[] = [
  ['good', 'OK'],
  ['quiet', 'no action needed'],
  ['notice', 'check'],
  ['bad', 'problem'],
  ['unknown', 'unknown'],
];

function key(): HTMLElement {
  return element(
    'p',
    { class: 'key' },
    ...keyOf.map(([tone, text]) =>
      element('span', {}, element('i', { class: `swatch ${tone}`, 'aria-hidden': 'true' }), text),
    ),
    element('span', { class: 'hint' }, 'Drag to move, hold Ctrl and scroll to zoom.'),
  );
}

const mostRows = 500;

function asTable({ lanes, marks }: Timeline, events: Events): HTMLElement {
  return disclosure(['The timeline as a table'], () => {
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
        ? `The newest ${mostRows} of ${rows.length} spans and events of the timeline`
        : 'The timeline, the newest first';
    return [
      element('p', {}, `${caption}.`),
      tableOf(caption, ['What', 'State', 'From', 'Until', 'Duration'], some),
    ];
  });
}
