import { CustomChart, type CustomSeriesOption } from 'echarts/charts';
import {
  DataZoomComponent,
  type DataZoomComponentOption,
  GridComponent,
  type GridComponentOption,
  TooltipComponent,
  type TooltipComponentOption,
} from 'echarts/components';
import { type ComposeOption, graphic, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import type { Timeline, Tone } from '../../history/timeline/timeline-shape.ts';
import { visibleMoments, visibleSpans } from '../visible-spans.ts';
import { element } from './element.ts';
import type { Events } from './events.ts';
import { hatched } from './hatched.ts';
import { type ColourName, colours, onColours } from './theme.ts';
import { durationText, exactText } from './times.ts';

use([CustomChart, GridComponent, DataZoomComponent, TooltipComponent, CanvasRenderer]);

type Option = ComposeOption<
  CustomSeriesOption | GridComponentOption | DataZoomComponentOption | TooltipComponentOption
>;
type RenderItem = NonNullable<CustomSeriesOption['renderItem']>;

export interface View {
  readonly from: number;
  readonly to: number;
}

export interface TimelineChart {
  readonly show: (view: View) => void;
}

const rowHeight = 52;
const besideRows = { top: 4, bottom: 78, side: 10 };

/** A problem is also taller than a good state, so that colour is not the only difference. */
const heights: Readonly<Record<Tone, number>> = { good: 14, quiet: 8, unknown: 14, notice: 20, bad: 22 };
const labelColours: Readonly<Record<Tone, ColourName>> = {
  good: 'text',
  quiet: 'text',
  unknown: 'text',
  notice: 'onNotice',
  bad: 'onBad',
};

/** Draws the timeline into `place`, and calls `onView` when the visible part changes. `all` is the complete timeline. */
export function drawTimeline(
  place: HTMLElement,
  timeline: Timeline,
  { events, all, onView }: { events: Events; all: View; onView: (view: View) => void },
): TimelineChart {
  const { lanes, marks } = timeline;
  const rows = [...lanes, ...marks];
  place.style.height = `${rows.length * rowHeight + besideRows.top + besideRows.bottom}px`;
  const chart = init(place, null, { renderer: 'canvas' });
  const moments = marks.map((lane) => lane.events.map((index) => events.at[index] ?? 0));
  let view = all;

  const pixels = () => Math.max(100, chart.getWidth() - 2 * besideRows.side);
  const spanData = () =>
    lanes.flatMap((lane, row) =>
      visibleSpans(lane, { ...view, pixels: pixels() }).map(([from, to, state]) => [from, to, row, state]),
    );
  const markData = () =>
    marks.flatMap((lane, index) =>
      visibleMoments(moments[index] ?? [], { ...view, pixels: pixels() / 4 }).map((which) => [
        moments[index]?.[which] ?? 0,
        lanes.length + index,
        lane.events[which] ?? 0,
      ]),
    );

  const renderSpan: RenderItem = (params, api) => {
    const [from, to, row, state] = [0, 1, 2, 3].map((dimension) => Number(api.value(dimension)));
    const lane = lanes[row ?? 0];
    const { name, tone } = lane?.states[state ?? 0] ?? { name: '', tone: 'unknown' as const };
    const [left = 0, middle = 0] = api.coord([from, row]);
    const [right = 0] = api.coord([to, row]);
    const height = heights[tone];
    const frame = frameOf(params.coordSys);
    const shape = graphic.clipRectByRect(
      { x: left, y: middle + 11 - height / 2, width: Math.max(right - left, 2), height },
      frame,
    );
    if (shape === undefined) return null;
    const colour = colours();
    const wide = shape.width > name.length * 6.6 + 14 && height >= 14;
    return {
      type: 'rect',
      shape: { ...shape, r: shape.width > 6 ? 3 : 0 },
      style: { fill: tone === 'unknown' ? hatched(colour('unknown'), colour('surface')) : colour(tone) },
      ...(wide
        ? {
            textContent: {
              type: 'text' as const,
              style: { text: name, fill: colour(labelColours[tone]), fontSize: 11 },
            },
            textConfig: { position: 'inside' as const },
          }
        : {}),
    };
  };

  const renderMark: RenderItem = (_params, api) => {
    const [at, row, index] = [0, 1, 2].map((dimension) => Number(api.value(dimension)));
    const [x = 0, middle = 0] = api.coord([at, row]);
    const grave = ['high', 'medium'].includes(events.text('severity', index ?? 0));
    const colour = colours();
    const y = middle + 11;
    return {
      type: 'polygon',
      shape: {
        points: [
          [x, y - 7],
          [x + 6, y],
          [x, y + 7],
          [x - 6, y],
        ],
      },
      style: { fill: colour(grave ? 'bad' : 'accent'), stroke: colour('surface'), lineWidth: 1 },
    };
  };

  const option = (): Option => {
    const colour = colours();
    const muted = colour('muted');
    return {
      animation: false,
      grid: { left: besideRows.side, right: besideRows.side, top: besideRows.top, bottom: besideRows.bottom },
      tooltip: {
        trigger: 'item',
        confine: true,
        backgroundColor: colour('surface'),
        borderColor: colour('line'),
        textStyle: { color: colour('text'), fontSize: 13 },
        formatter: (params) => tooltipOf(Array.isArray(params) ? params[0] : params),
      },
      xAxis: {
        type: 'time',
        min: all.from,
        max: all.to,
        axisLabel: { color: muted, hideOverlap: true },
        axisLine: { lineStyle: { color: colour('line') } },
        splitLine: { show: true, lineStyle: { color: colour('line'), type: 'dotted' } },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: rows.map(({ name }) => name),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: {
          inside: true,
          align: 'left',
          margin: 0,
          verticalAlign: 'bottom',
          padding: [0, 0, 2, 2],
          width: pixels(),
          overflow: 'truncate',
          color: muted,
          fontSize: 12,
        },
        z: 5,
      },
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
      series: [
        {
          id: 'spans',
          type: 'custom',
          renderItem: renderSpan,
          encode: { x: [0, 1], y: 2 },
          data: spanData(),
        },
        {
          id: 'marks',
          type: 'custom',
          renderItem: renderMark,
          encode: { x: 0, y: 1 },
          data: markData(),
          z: 4,
        },
      ],
    };
  };

  const tooltipOf = (params: { seriesId?: string; data?: unknown } | undefined): HTMLElement | string => {
    const numbers = Array.isArray(params?.data) ? params.data.map(Number) : [];
    const [first = 0, second = 0, third = 0, fourth = 0] = numbers;
    if (params?.seriesId === 'marks')
      return lines(events.summary(third), [exactText(first), events.text('kind', third)]);
    const lane = lanes[third];
    const state = lane?.states[fourth];
    if (lane === undefined || state === undefined) return '';
    const spent = durationText((second - first) / 1000);
    return lines(`${lane.name}: ${state.name}`, [`${exactText(first)} – ${exactText(second)}`, spent]);
  };

  const redraw = () =>
    chart.setOption({
      series: [
        { id: 'spans', data: spanData() },
        { id: 'marks', data: markData() },
      ],
    });

  chart.setOption(option());
  chart.on('datazoom', (event) => {
    view = viewOf(event, all);
    redraw();
    onView(view);
  });
  onColours(() => chart.setOption(option()));
  new ResizeObserver(() => {
    chart.resize();
    redraw();
  }).observe(place);
  return {
    show: ({ from, to }) =>
      chart.dispatchAction({ type: 'dataZoom', dataZoomIndex: 0, startValue: from, endValue: to }),
  };
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

/** The rectangle of the grid on the canvas. */
function frameOf(coordinates: unknown): { x: number; y: number; width: number; height: number } {
  const of = batched(coordinates);
  const side = (name: string) => Number(of[name] ?? 0);
  return { x: side('x'), y: side('y'), width: side('width'), height: side('height') };
}

function lines(title: string, others: readonly string[]): HTMLElement {
  return element(
    'div',
    { class: 'tooltip' },
    element('strong', {}, title),
    ...others.map((text) => element('div', {}, text)),
  );
}
