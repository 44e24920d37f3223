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
  const option = (width: number): Option => {
    const colour = colours();
    return {
      animation: false,
      grid: { left: 10, right: 40, top: 34, bottom: 24 },
      legend: { top: 0, left: 0, textStyle: { color: colour('text') }, selectedMode: false },
      tooltip: {
        trigger: 'axis',
        axisPointer: { type: 'shadow' },
        backgroundColor: colour('surface'),
        borderColor: colour('line'),
        textStyle: { color: colour('text') },
        formatter: (params) => {
          const row = issues[(Array.isArray(params) ? params[0] : params)?.dataIndex ?? -1];
          return row === undefined
            ? ''
            : element(
                'div',
                { class: 'tooltip' },
                element('strong', {}, row.title),
                element('div', {}, `open on ${row.macsOpen}, ever on ${row.macsEver}`),
              );
        },
      },
      xAxis: {
        type: 'value',
        minInterval: 1,
        axisLabel: { color: colour('muted') },
        splitLine: { lineStyle: { color: colour('line'), type: 'dotted' } },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: issues.map(({ title }) => title),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: {
          inside: true,
          align: 'left',
          margin: 0,
          verticalAlign: 'bottom',
          padding: [0, 0, 14, 2],
          color: colour('muted'),
          width: width - 40,
          overflow: 'truncate',
        },
        z: 5,
      },
      series: [
        {
          name: 'Open now',
          type: 'bar',
          barWidth: 9,
          data: issues.map(({ macsOpen }) => macsOpen),
          itemStyle: { color: colour('bad'), borderRadius: 2 },
          label: { show: true, position: 'right', color: colour('text') },
        },
        {
          name: 'Ever',
          type: 'bar',
          barWidth: 9,
          data: issues.map(({ macsEver }) => macsEver),
          itemStyle: { color: colour('unknown'), borderRadius: 2 },
          label: { show: true, position: 'right', color: colour('text') },
        },
      ],
    };
  };
  // ECharts measures the canvas, so the canvas must be on the page.
  queueMicrotask(() => {
    const chart = init(place, null, { renderer: 'canvas' });
    const draw = () => chart.setOption(option(chart.getWidth()));
    draw();
    onColours(draw);
    new ResizeObserver(() => {
      chart.resize();
      draw();
    }).observe(place);
  });
  return place;
}
