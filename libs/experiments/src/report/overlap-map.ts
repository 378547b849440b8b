import { ModaError } from '@moda/contracts';
import { chartLabel } from './chart-label.js';
import { axisLabel, axisName, heading } from './chart-parts.js';
import { drawChart } from './draw-chart.js';
import { fontFamily, heat, ink, paper } from './palette.js';

export interface OverlapMap {
  readonly labels: readonly string[];
  /** `[module][module]`, shares in 0..1; the diagonal is a module's own size. */
  readonly overlap: readonly (readonly number[])[];
  readonly title?: string;
  readonly subtitle?: string;
}

/** Below this many modules the cells are large enough for their values. */
const mostWithValues = 20;
/** From this share of the largest value on, the cell is dark and its value is written in white. */
const darkFrom = 0.62;

/** Which modules share how much: a heat map of the pairwise overlap, in percent of the whole model. */
export function overlapMap({
  labels,
  overlap,
  title = 'Overlap of the modules',
  subtitle = 'parameters that two modules share, % of the model; on the diagonal the size of each module',
}: OverlapMap): string {
  if (overlap.length !== labels.length || overlap.some((row) => row.length !== labels.length)) {
    throw new ModaError(
      'INPUT_SHAPE',
      `The overlap of ${labels.length} modules has to be a square of that size.`,
    );
  }
  const names = labels.map((label) => chartLabel(label, 14));
  const cell = labels.length <= 12 ? 50 : Math.max(14, Math.floor(600 / labels.length));
  const side = Math.max(260, cell * labels.length);
  const longest = Math.max(1, ...names.map((name) => name.length));
  const left = 36 + 7 * longest;
  const largest = Math.max(0, ...overlap.flat()) || 1;
  const tilted = longest * 7 > cell;
  const bottom = 30 + (tilted ? 5 * longest + 14 : 16);
  const axis = {
    type: 'category',
    // Positions, not names, are the categories: two modules may have the same name.
    data: names.map((_, i) => String(i)),
    axisLine: { show: false },
    axisTick: { show: false },
    splitArea: { show: false },
    nameTextStyle: axisName,
  };
  const formatter = (position: string): string => names[Number(position)] ?? '';
  return drawChart(
    {
      title: heading(title, subtitle),
      grid: { left, top: 78, width: side, height: side },
      xAxis: { ...axis, axisLabel: { ...axisLabel, formatter, rotate: tilted ? 45 : 0, interval: 0 } },
      yAxis: { ...axis, inverse: true, axisLabel: { ...axisLabel, formatter, interval: 0 } },
      visualMap: {
        type: 'continuous',
        min: 0,
        max: largest,
        dimension: 2,
        orient: 'vertical',
        left: left + side + 18,
        top: 78,
        itemHeight: Math.min(180, side - 40),
        itemWidth: 12,
        calculable: false,
        inRange: { color: [...heat] },
        text: [percent(largest), '0'],
        textStyle: { ...axisLabel },
      },
      series: [
        {
          type: 'heatmap',
          data: overlap.flatMap((row, i) =>
            row.map((value, j) => ({
              value: [j, i, value],
              label: { color: value >= darkFrom * largest ? paper : ink },
            })),
          ),
          itemStyle: { borderColor: paper, borderWidth: 1 },
          label: {
            show: labels.length <= mostWithValues,
            fontFamily,
            fontSize: labels.length <= 12 ? 12 : 9,
            formatter: ({ value }: { readonly value: readonly number[] }) => percent(value[2] ?? 0),
          },
        },
      ],
    },
    {
      width: Math.max(left + side + 90, 620),
      height: 78 + side + bottom,
      description: `${title}: ${subtitle}`,
    },
  );
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
