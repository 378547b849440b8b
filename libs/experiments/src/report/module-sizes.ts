import { chartLabel } from './chart-label.js';
import { axisLabel, axisLine, axisName, heading, legend, percentLabel, splitLine } from './chart-parts.js';
import { drawChart } from './draw-chart.js';
import { fontFamily, ink, paper, seriesStyle } from './palette.js';

export interface ModuleSizes {
  /** Classes, one module each. */
  readonly labels: readonly string[];
  /** One per network that was cut, e.g. the modular and the standard one; shares of the whole model, 0..1, one per class. */
  readonly series: readonly { readonly label: string; readonly shares: readonly number[] }[];
  readonly title?: string;
}

const mostWithValues = 24;

/** Sizes of the modules as bars, class by class, one colour per network. */
export function moduleSizes({ labels, series, title = 'Size of the modules' }: ModuleSizes): string {
  const names = labels.map((label) => chartLabel(label, 14));
  const legendNames = series.map(
    ({ label, shares }) => `${chartLabel(label, 30)} (mean ${percent(mean(shares))} %)`,
  );
  const bars = labels.length * series.length;
  const plotWidth = Math.min(1400, Math.max(420, 24 * bars + 16 * labels.length));
  const longest = Math.max(1, ...names.map((name) => name.length));
  const tilted = longest * 7 > plotWidth / Math.max(1, labels.length);
  const bottom = 40 + (tilted ? 5 * longest + 10 : 16);
  return drawChart(
    {
      title: heading(title, 'parameters of each class’s module, % of the whole model'),
      legend: legend(legendNames, 62),
      grid: { left: 64, top: 106, width: plotWidth, height: 240 },
      xAxis: {
        type: 'category',
        data: names.map((_, i) => String(i)),
        name: 'class',
        nameLocation: 'middle',
        nameGap: tilted ? bottom - 22 : 28,
        nameTextStyle: axisName,
        axisLine,
        axisTick: { show: false },
        axisLabel: {
          ...axisLabel,
          formatter: (position: string) => names[Number(position)] ?? '',
          rotate: tilted ? 45 : 0,
          hideOverlap: true,
        },
      },
      yAxis: { type: 'value', min: 0, axisLabel: { ...axisLabel, formatter: percentLabel }, splitLine },
      series: series.map(({ shares }, i) => ({
        type: 'bar',
        name: legendNames[i],
        data: [...shares],
        barGap: '12%',
        barCategoryGap: '28%',
        itemStyle: { color: seriesStyle(i).colour },
        label: {
          show: bars <= mostWithValues,
          position: 'top',
          fontFamily,
          fontSize: 10,
          color: ink,
          // A rim of paper keeps the figures readable across a grid line.
          textBorderColor: paper,
          textBorderWidth: 3,
          formatter: ({ value }: { readonly value: number }) => percent(value),
        },
      })),
    },
    {
      width: Math.max(64 + plotWidth + 28, 560),
      height: 106 + 240 + bottom + 12,
      description: `${title}: ${legendNames.join(', ')}`,
    },
  );
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function percent(share: number): string {
  return (100 * share).toFixed(share < 0.0995 ? 1 : 0);
}
