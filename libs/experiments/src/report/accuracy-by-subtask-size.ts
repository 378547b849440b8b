import { axisLabel, axisLine, axisName, heading, legend, percentLabel, splitLine } from './chart-parts.js';
import { chartLabel } from './chart-label.js';
import { drawChart } from './draw-chart.js';
import { seriesStyle } from './palette.js';

export interface SubtaskAccuracy {
  /** One per kind of network, e.g. composed modules and the whole model restricted to the same classes. */
  readonly series: readonly {
    readonly label: string;
    /** Mean over the sub-tasks of a size (number of classes), 0..1; with the worst and best one where known. */
    readonly points: readonly {
      readonly size: number;
      readonly accuracy: number;
      readonly worst?: number | undefined;
      readonly best?: number | undefined;
    }[];
  }[];
  readonly title?: string;
}

const plot = { left: 72, top: 106, width: 560, height: 260 };

/** Accuracy over the number of classes of a sub-task, with whiskers from the worst sub-task to the best. */
export function accuracyBySubtaskSize({
  series,
  title = 'Accuracy by size of the sub-task',
}: SubtaskAccuracy): string {
  const names = series.map(({ label }) => chartLabel(label, 40));
  const ranged = series.some(({ points }) =>
    points.some(({ worst, best }) => worst !== undefined && best !== undefined),
  );
  const sizes = series.flatMap(({ points }) => points.map(({ size }) => size));
  const smallest = sizes.length === 0 ? 1 : Math.min(...sizes);
  const largest = sizes.length === 0 ? 2 : Math.max(...sizes);
  const subtitle = ranged
    ? 'mean over the sub-tasks of each size; whiskers from the worst to the best'
    : 'mean over the sub-tasks of each size';
  return drawChart(
    {
      title: heading(title, subtitle),
      legend: legend(names, 62),
      grid: plot,
      xAxis: {
        type: 'value',
        // One place more on either side, so that no mark sits on an axis; its tick has no label.
        min: smallest - 1,
        max: largest + 1,
        interval: 1,
        name: 'classes in the sub-task',
        nameLocation: 'middle',
        nameGap: 28,
        nameTextStyle: axisName,
        axisLine,
        axisTick: { show: false },
        axisLabel: {
          ...axisLabel,
          hideOverlap: true,
          formatter: (size: number) => (size < smallest || size > largest ? '' : String(size)),
        },
        splitLine: { show: false },
      },
      yAxis: {
        type: 'value',
        ...accuracyAxis(series),
        axisLabel: { ...axisLabel, formatter: percentLabel },
        splitLine,
      },
      series: series.flatMap(({ points }, i) => {
        const { colour, symbol, dash } = seriesStyle(i);
        // Side by side, so that whiskers of the same size do not cover each other.
        const shift = (i - (series.length - 1) / 2) * 0.12;
        const whiskers = points.flatMap(({ size, worst, best }) =>
          worst === undefined || best === undefined ? [] : [{ x: size + shift, worst, best }],
        );
        return [
          {
            type: 'line',
            name: names[i],
            data: points.map(({ size, accuracy }) => [size + shift, accuracy]),
            symbol,
            symbolSize: 8,
            showAllSymbol: true,
            lineStyle: { width: 2, type: dash, color: colour },
            itemStyle: { color: colour },
            ...(whiskers.length === 0
              ? {}
              : {
                  markLine: {
                    silent: true,
                    symbol: 'none',
                    label: { show: false },
                    lineStyle: { color: colour, width: 1.5, type: 'solid', opacity: 0.55 },
                    data: whiskers.map(({ x, worst, best }) => [{ coord: [x, worst] }, { coord: [x, best] }]),
                  },
                }),
          },
        ];
      }),
    },
    {
      width: plot.left + plot.width + 28,
      height: plot.top + plot.height + 56,
      description: `${title}: ${names.join(', ')}`,
    },
  );
}

/** An axis that holds every mark and whisker: the lines of the plot do not look at whiskers. */
function accuracyAxis(series: SubtaskAccuracy['series']): { min: number; max: number; interval: number } {
  const shares = series.flatMap(({ points }) =>
    points.flatMap(({ accuracy, worst, best }) => [accuracy, worst ?? accuracy, best ?? accuracy]),
  );
  const low = shares.length === 0 ? 0 : Math.min(...shares);
  const high = shares.length === 0 ? 1 : Math.max(...shares);
  const interval = niceStep((high - low) / 4);
  // Rounded, because 0.1 + 0.2 would print as more digits than anybody wants.
  const round = (share: number): number => Number(share.toFixed(6));
  const min = round(Math.max(0, Math.floor(low / interval) * interval));
  return {
    min,
    max: Math.max(round(Math.min(1, Math.ceil(high / interval) * interval)), round(min + interval)),
    interval,
  };
}

/** The next larger of 1, 2 and 5 times a power of ten, not below a tenth of a percent. */
function niceStep(step: number): number {
  const least = Math.max(step, 0.001);
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5].find((candidate) => candidate * power >= least * 0.999) ?? 10;
  return factor * power;
}
