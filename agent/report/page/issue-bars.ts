import { BarChart, type BarSeriesOption } from 'echarts/charts';
import {
  GridComponent,
  type GridComponentOption,
  LegendComponent,
  type LegendComponentOption,
  TooltipComponent,
  type TooltipComponentOption,
} from 'echarts/components';
import { type ComposeOption, init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import type { FleetSummary } from '../../fleet/fleet-output.ts';
import { rowAxis, tooltipBox } from './chart-parts.ts';
import { element } from './element.ts';
import { colours, onColours } from './theme.ts';

use([BarChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

type Option = ComposeOption<
  BarSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption
>;

const rowHeight = 64;

/** A bar chart: the Macs on which each issue is open, and was ever open. */
export function issueBars(issues: FleetSummary['issues']): HTMLElement {
  const place = element('div', {
    class: 'chart',
    role: 'img',
    'aria-label': 'Issues by number of Macs. The table below it has the numbers.',
  });
  place.style.height = `${issues.length * rowHeight + 60}px`;
  // ECharts measures the canvas, so the canvas must be on the page.
  queueMicrotask(() => {
    const chart = init(place, null, { renderer: 'canvas' });
    const draw = () => chart.setOption(barsOption(issues, chart.getWidth()));
    draw();
    onColours(draw);
    new ResizeObserver(() => {
      chart.resize();
      draw();
    }).observe(place);
  });
  return place;
}

function barsOption(issues: FleetSummary['issues'], width: number): Option {
  const colour = colours();
  const bars = (name: string, tone: 'bad' | 'unknown', data: number[]) => ({
    name,
    type: 'bar' as const,
    barWidth: 9,
    data,
    itemStyle: { color: colour(tone), borderRadius: 2 },
    label: { show: true, position: 'right' as const, color: colour('text') },
  });
  return {
    animation: false,
    grid: { left: 10, right: 40, top: 34, bottom: 24 },
    legend: { top: 0, left: 0, textStyle: { color: colour('text') }, selectedMode: false },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      ...tooltipBox(colour),
      formatter: (params) =>
        tooltipContent(issues[(Array.isArray(params) ? params[0] : params)?.dataIndex ?? -1]),
    },
    xAxis: {
      type: 'value',
      minInterval: 1,
      axisLabel: { color: colour('muted') },
      splitLine: { lineStyle: { color: colour('line'), type: 'dotted' } },
    },
    yAxis: rowAxis(
      issues.map(({ title }) => title),
      { above: 14, width: width - 40, colour },
    ),
    series: [
      bars(
        'Open',
        'bad',
        issues.map(({ macsOpen }) => macsOpen),
      ),
      bars(
        'Ever',
        'unknown',
        issues.map(({ macsEver }) => macsEver),
      ),
    ],
  };
}

function tooltipContent(row: FleetSummary['issues'][number] | undefined): HTMLElement | string {
  if (row === undefined) return '';
  return element(
    'div',
    { class: 'tooltip' },
    element('strong', {}, row.title),
    element('div', {}, `open on ${row.macsOpen}, ever on ${row.macsEver}`),
  );
}
