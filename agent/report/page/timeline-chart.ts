import { CustomChart, type CustomSeriesOption } from 'echarts/charts';
import {
  DataZoomComponent,
  type DataZoomComponentOption,
  GridComponent,
  type GridComponentOption,
  TooltipComponent,
  type TooltipComponentOption,
} from 'echarts/components';
import { type ComposeOption, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import type { Lane, Timeline } from '../../history/timeline/timeline-shape.ts';
import { durationText } from '../../shared/duration-text.ts';
import { visibleMoments, visibleSpans } from '../visible-spans.ts';
import { rowAxis, tooltipBox } from './chart-parts.ts';
import { element } from './element.ts';
import type { Events } from './events.ts';
import { colours, onColours } from './theme.ts';
import { renderEnd, renderMark, renderSpan } from './timeline-items.ts';
import { exactText } from './times.ts';

use([CustomChart, GridComponent, DataZoomComponent, TooltipComponent, CanvasRenderer]);

type Option = ComposeOption<
  CustomSeriesOption | GridComponentOption | DataZoomComponentOption | TooltipComponentOption
>;

export interface View {
  readonly from: number;
  readonly to: number;
}

export interface TimelineChart {
  readonly show: (view: View) => void;
}

/** A view, and the width in pixels that it has on the page. */
interface VisibleRange extends View {
  readonly pixels: number;
}

const rowHeight = 52;
const besideRows = { top: 4, bottom: 78, side: 10 };

interface TimelineOptions {
  readonly events: Events;
  /** The complete timeline, and the part that is shown first. */
  readonly all: View;
  readonly first: View;
  /** The end of the history, as a line with this name. */
  readonly end: { readonly at: number; readonly name: string };
  /** Called when the visible part changes. */
  readonly onView: (view: View) => void;
}

/** Draws the timeline into `place`. */
export function drawTimeline(
  place: HTMLElement,
  timeline: Timeline,
  { events, all, first, end, onView }: TimelineOptions,
): TimelineChart {
  const { lanes, marks } = timeline;
  const rows = [...lanes, ...marks];
  place.style.height = `${rows.length * rowHeight + besideRows.top + besideRows.bottom}px`;
  const chart = init(place, null, { renderer: 'canvas' });
  let view = first;

  const series = () => {
    const visible = { ...view, pixels: Math.max(100, chart.getWidth() - 2 * besideRows.side) };
    return [
      { id: 'spans', data: spanData(lanes, visible) },
      { id: 'marks', data: markData(timeline, events, visible) },
    ] as const;
  };
  const drawAll = () => {
    const [spans, points] = series();
    chart.setOption({
      ...frameOption(rows, { all, view, width: chart.getWidth() }),
      tooltip: tooltip(timeline, events),
      series: [
        { ...spans, type: 'custom', renderItem: renderSpan(lanes), encode: { x: [0, 1], y: 2 } },
        { ...points, type: 'custom', renderItem: renderMark(events), encode: { x: 0, y: 1 }, z: 4 },
        {
          id: 'end',
          type: 'custom',
          data: [[end.at, 0]],
          renderItem: renderEnd(end.name),
          encode: { x: 0, y: 1 },
          silent: true,
          z: 6,
        },
      ],
    } satisfies Option);
  };
  const drawData = () => chart.setOption({ series: [...series()] });

  drawAll();
  chart.on('datazoom', (event) => {
    view = viewOf(event, all);
    drawData();
    onView(view);
  });
  onColours(drawAll);
  new ResizeObserver(() => {
    chart.resize();
    drawData();
  }).observe(place);
  return {
    show: ({ from, to }) =>
      chart.dispatchAction({ type: 'dataZoom', dataZoomIndex: 0, startValue: from, endValue: to }),
  };
}

/** Rows of: from, to, row, state. */
function spanData(lanes: readonly Lane[], visible: VisibleRange): number[][] {
  return lanes.flatMap((lane, row) =>
    visibleSpans(lane, visible).map(([from, to, state]) => [from, to, row, state]),
  );
}

/** Rows of: instant, row, number of the event. A mark needs about four pixels. */
function markData(
  { lanes, marks }: Timeline,
  events: Events,
  { from, to, pixels }: VisibleRange,
): number[][] {
  return marks.flatMap((lane, index) => {
    const moments = lane.events.map((event) => events.at[event] ?? 0);
    return visibleMoments(moments, { from, to, pixels: pixels / 4 }).map((which) => [
      moments[which] ?? 0,
      lanes.length + index,
      lane.events[which] ?? 0,
    ]);
  });
}

/** Everything but the data: grid, axes and zoom. */
function frameOption(
  rows: readonly { readonly name: string }[],
  { all, view, width }: { all: View; view: View; width: number },
): Option {
  const colour = colours();
  const { side, top, bottom } = besideRows;
  return {
    animation: false,
    grid: { left: side, right: side, top, bottom },
    xAxis: {
      type: 'time',
      min: all.from,
      max: all.to,
      axisLabel: { color: colour('muted'), hideOverlap: true },
      axisLine: { lineStyle: { color: colour('line') } },
      splitLine: { show: true, lineStyle: { color: colour('line'), type: 'dotted' } },
    },
    yAxis: rowAxis(
      rows.map(({ name }) => name),
      { above: 2, width: Math.max(100, width - 2 * side), colour },
    ),
    dataZoom: [
      {
        type: 'slider',
        filterMode: 'none',
        startValue: view.from,
        endValue: view.to,
        height: 26,
        bottom: 12,
        showDataShadow: false,
        labelFormatter: '',
        borderColor: colour('line'),
        fillerColor: `${colour('accent')}33`,
        handleStyle: { color: colour('surface'), borderColor: colour('accent') },
        moveHandleStyle: { color: colour('line') },
        brushSelect: false,
      },
      {
        type: 'inside',
        filterMode: 'none',
        zoomOnMouseWheel: 'ctrl',
        moveOnMouseWheel: false,
        preventDefaultMouseMove: false,
      },
    ],
  };
}

function tooltip(timeline: Timeline, events: Events): TooltipComponentOption {
  const colour = colours();
  return {
    trigger: 'item',
    confine: true,
    ...tooltipBox(colour),
    textStyle: { color: colour('text'), fontSize: 13 },
    formatter: (params) => tooltipContent(timeline, events, Array.isArray(params) ? params[0] : params),
  };
}

function tooltipContent(
  { lanes }: Timeline,
  events: Events,
  params: { seriesId?: string; data?: unknown } | undefined,
): HTMLElement | string {
  const numbers = Array.isArray(params?.data) ? params.data.map(Number) : [];
  const [first = 0, second = 0, third = 0, fourth = 0] = numbers;
  if (params?.seriesId === 'marks')
    return lines(events.summary(third), [exactText(first), events.text('kind', third)]);
  const lane = lanes[third];
  const state = lane?.states[fourth];
  if (lane === undefined || state === undefined) return '';
  const spent = durationText((second - first) / 1000);
  return lines(`${lane.name}: ${state.name}`, [`${exactText(first)} – ${exactText(second)}`, spent]);
}

/** ECharts reports percentages after a drag or a scroll, and instants after `show`. */
function viewOf(event: unknown, all: View): View {
  const given = batched(event);
  if (typeof given.startValue === 'number' && typeof given.endValue === 'number')
    return { from: given.startValue, to: given.endValue };
  if (typeof given.start !== 'number' || typeof given.end !== 'number') return all;
  const length = all.to - all.from;
  return { from: all.from + (length * given.start) / 100, to: all.from + (length * given.end) / 100 };
}

function batched(event: unknown): Readonly<Record<string, unknown>> {
  if (typeof event !== 'object' || event === null) return {};
  if ('batch' in event && Array.isArray(event.batch)) return batched(event.batch[0]);
  return { ...event };
}

function lines(title: string, others: readonly string[]): HTMLElement {
  return element(
    'div',
    { class: 'tooltip' },
    element('strong', {}, title),
    ...others.map((text) => element('div', {}, text)),
  );
}
