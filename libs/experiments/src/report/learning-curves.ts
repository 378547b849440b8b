import { chartLabel } from './chart-label.js';
import { axisLabel, axisLine, axisName, heading, legend, percentLabel, splitLine } from './chart-parts.js';
import { drawChart } from './draw-chart.js';
import { fontFamily, ink, seriesStyle } from './palette.js';

/** One epoch of a run; terms that were not measured are absent. Accuracy, share and overlap in 0..1. */
export interface CurveEpoch {
  readonly epoch: number;
  readonly accuracy?: number | null | undefined;
  readonly crossEntropy?: number | null | undefined;
  readonly affinity?: number | null | undefined;
  readonly dispersion?: number | null | undefined;
  readonly compactness?: number | null | undefined;
  readonly moduleShare?: number | null | undefined;
  readonly moduleOverlap?: number | null | undefined;
}

export interface LearningCurves {
  readonly runs: readonly { readonly label: string; readonly epochs: readonly CurveEpoch[] }[];
  readonly title?: string;
}

type Measure = Exclude<keyof CurveEpoch, 'epoch'>;

const measures: readonly { readonly key: Measure; readonly title: string; readonly share?: true }[] = [
  { key: 'accuracy', title: 'Test accuracy', share: true },
  { key: 'crossEntropy', title: 'Cross-entropy' },
  { key: 'affinity', title: 'Affinity loss' },
  { key: 'dispersion', title: 'Dispersion loss' },
  { key: 'compactness', title: 'Compactness loss' },
  { key: 'moduleShare', title: 'Mean module size', share: true },
  { key: 'moduleOverlap', title: 'Mean module overlap', share: true },
];

const columns = 3;
const panel = { width: 250, height: 150 };
const margin = { left: 62, top: 112, right: 24, bottom: 52 };
const gap = { x: 62, y: 76 };

/**
 * Learning curves as small multiples, one panel a measure with an axis of its own, one line a run. Measures that no run has
 * get no panel.
 */
export function learningCurves({ runs, title = 'Learning curves' }: LearningCurves): string {
  const shown = measures.filter(({ key }) =>
    runs.some(({ epochs }) => epochs.some((epoch) => isNumber(epoch[key]))),
  );
  const across = Math.max(1, Math.min(columns, shown.length));
  const down = Math.max(1, Math.ceil(shown.length / columns));
  const names = runs.map(({ label }) => chartLabel(label, 40));
  const places = shown.map((_, i) => ({
    left: margin.left + (i % columns) * (panel.width + gap.x),
    top: margin.top + Math.floor(i / columns) * (panel.height + gap.y),
    ...panel,
  }));
  return drawChart(
    {
      title: [heading(title), ...shown.map((measure, i) => panelTitle(measure.title, places[i]!))],
      legend: legend(names, 44),
      grid: places,
      xAxis: shown.map((_, i) => ({
        type: 'value',
        gridIndex: i,
        name: 'epoch',
        nameLocation: 'middle',
        nameGap: 24,
        nameTextStyle: axisName,
        min: 'dataMin',
        max: 'dataMax',
        minInterval: 1,
        axisLine,
        axisLabel: { ...axisLabel, hideOverlap: true },
        axisTick: { show: true },
        splitLine: { show: false },
      })),
      yAxis: shown.map(({ share }, i) => ({
        type: 'value',
        gridIndex: i,
        scale: true,
        splitNumber: 4,
        axisLabel: share ? { ...axisLabel, formatter: percentLabel } : axisLabel,
        splitLine,
      })),
      series: shown.flatMap(({ key }, i) =>
        runs.map(({ epochs }, run) => {
          const { colour, symbol, dash } = seriesStyle(run);
          return {
            type: 'line',
            name: names[run],
            xAxisIndex: i,
            yAxisIndex: i,
            data: epochs.flatMap((epoch) => (isNumber(epoch[key]) ? [[epoch.epoch, epoch[key]]] : [])),
            symbol,
            // A mark at every epoch of a long run would hide the line.
            symbolSize: epochs.length <= 30 ? 6 : 0,
            showAllSymbol: true,
            lineStyle: { width: 2, type: dash, color: colour },
            itemStyle: { color: colour },
          };
        }),
      ),
    },
    {
      width: margin.left + across * panel.width + (across - 1) * gap.x + margin.right,
      height: margin.top + down * panel.height + (down - 1) * gap.y + margin.bottom,
      description: `${title}: ${shown.map((measure) => measure.title.toLowerCase()).join(', ')} by epoch for ${names.join(', ')}`,
    },
  );
}

function panelTitle(text: string, place: { readonly left: number; readonly top: number }): object {
  return {
    text,
    left: place.left - 4,
    top: place.top - 28,
    padding: 0,
    textStyle: { fontFamily, fontSize: 13, fontWeight: 600, color: ink },
  };
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
