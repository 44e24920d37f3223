import type { TooltipComponentOption } from 'echarts/components';
import type { colours } from './theme.ts';

type Colour = ReturnType<typeof colours>;

/** The box of a tooltip, in the colours of the page. */
export function tooltipBox(colour: Colour) {
  return {
    backgroundColor: colour('surface'),
    borderColor: colour('line'),
    textStyle: { color: colour('text') },
  } satisfies TooltipComponentOption;
}

/**
 * A category axis that shows the name of each row inside the chart, above the row. `above`: pixels over its
 * middle.
 */
export function rowAxis(
  names: readonly string[],
  { above, width, colour }: { above: number; width: number; colour: Colour },
) {
  return {
    type: 'category' as const,
    inverse: true,
    data: [...names],
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: {
      inside: true,
      align: 'left' as const,
      margin: 0,
      verticalAlign: 'bottom' as const,
      padding: [0, 0, above, 2],
      width,
      overflow: 'truncate' as const,
      color: colour('muted'),
    },
    z: 5,
  };
}
