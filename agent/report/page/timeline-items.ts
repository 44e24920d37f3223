import type { CustomSeriesOption } from 'echarts/charts';
import { graphic } from 'echarts/core';
import type { Lane, Tone } from '../../history/timeline/timeline-shape.ts';
import type { Events } from './events.ts';
import { hatched } from './hatched.ts';
import { type ColourName, colours } from './theme.ts';

type RenderItem = NonNullable<CustomSeriesOption['renderItem']>;

/** A problem is also taller than a good state, so that colour is not the only difference. */
const heights: Readonly<Record<Tone, number>> = { good: 14, quiet: 8, unknown: 14, notice: 20, bad: 22 };
const labelColours: Readonly<Record<Tone, ColourName>> = {
  good: 'text',
  quiet: 'text',
  unknown: 'text',
  notice: 'onNotice',
  bad: 'onBad',
};

/** Spans and marks are below the name of their lane: pixels from the middle of the row. */
const belowMiddle = 14;
/** The average width of a character of a label, in pixels. */
const characterWidth = 6.6;

/** Draws a span from its data: from, to, row, state. */
export function renderSpan(lanes: readonly Lane[]): RenderItem {
  return (params, api) => {
    const [from, to, row, state] = [0, 1, 2, 3].map((dimension) => Number(api.value(dimension)));
    const { name, tone } = lanes[row ?? 0]?.states[state ?? 0] ?? { name: '', tone: 'unknown' as const };
    const [left = 0, middle = 0] = api.coord([from, row]);
    const [right = 0] = api.coord([to, row]);
    const height = heights[tone];
    const y = middle + belowMiddle - height / 2;
    const rectangle = { x: left, y, width: Math.max(right - left, 2), height };
    const shape = graphic.clipRectByRect(rectangle, frameOf(params.coordSys));
    if (shape === undefined) return null;
    const colour = colours();
    const fits = shape.width > name.length * characterWidth + 14 && height >= 14;
    const label = {
      textContent: {
        type: 'text' as const,
        style: { text: name, fill: colour(labelColours[tone]), fontSize: 11 },
      },
      textConfig: { position: 'inside' as const },
    };
    return {
      type: 'rect',
      shape: { ...shape, r: shape.width > 6 ? 3 : 0 },
      style: { fill: tone === 'unknown' ? hatched(colour('unknown'), colour('surface')) : colour(tone) },
      ...(fits ? label : {}),
    };
  };
}

/** Draws a mark, a diamond, from its data: instant, row, number of the event. */
export function renderMark(events: Events): RenderItem {
  return (_params, api) => {
    const [at, row, index] = [0, 1, 2].map((dimension) => Number(api.value(dimension)));
    const [x = 0, middle = 0] = api.coord([at, row]);
    const grave = ['high', 'medium'].includes(events.text('severity', index ?? 0));
    const colour = colours();
    const y = middle + belowMiddle;
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
}

/** Draws a line over all rows with a name, from its data: instant. */
export function renderEnd(name: string): RenderItem {
  return (params, api) => {
    const frame = frameOf(params.coordSys);
    const [x = 0] = api.coord([Number(api.value(0)), 0]);
    const right = frame.x + frame.width;
    if (x < frame.x - 1 || x > right + 1) return null;
    const colour = colours()('text');
    // The name is on the side that has room for it.
    const isLeft = x - frame.x > frame.width / 2;
    return {
      type: 'group',
      children: [
        {
          type: 'line',
          shape: { x1: x, y1: frame.y, x2: x, y2: frame.y + frame.height },
          style: { stroke: colour, lineWidth: 2, lineDash: [4, 3] },
        },
        {
          type: 'text',
          x: isLeft ? x - 6 : x + 6,
          y: frame.y + 2,
          style: {
            text: name,
            fill: colour,
            fontSize: 12,
            fontWeight: 'bold',
            align: isLeft ? 'right' : 'left',
          },
        },
      ],
    };
  };
}

/** The rectangle of the grid on the canvas. */
function frameOf(coordinates: unknown): { x: number; y: number; width: number; height: number } {
  const of: Readonly<Record<string, unknown>> = Object(coordinates);
  const side = (name: string) => Number(of[name] ?? 0);
  return { x: side('x'), y: side('y'), width: side('width'), height: side('height') };
}
