'use client';

import { type PointerEvent, useMemo, useState } from 'react';
import { formatNumber } from '../quantity/format-quantity.js';
import { axisLabel, extent } from './axis-text.js';
import { ChartFrame, type ChartNumbers } from './chart-frame.js';
import type { ChartFrameProps, XAxis, YAxis } from './chart-props.js';
import { useWidth } from './chart-width.js';
import { drawLines, type DrawnSeries } from './draw-lines.js';
import { LineLegend, LineSample } from './line-legend.js';
import { PlotHolder } from './plot-holder.js';
import { seriesLook } from './series-look.js';
import { nearestPlace, smooth } from './series-points.js';
import { svgFile } from './svg-file.js';

export interface LinePoint {
  readonly x: number;
  /** Null leaves a gap. */
  readonly y: number | null;
  /** The band around the line, where there is one. */
  readonly lower?: number;
  readonly upper?: number;
}

export interface LineSeries {
  readonly id: string;
  readonly label: string;
  /** Sorted by x. */
  readonly points: readonly LinePoint[];
  /** An SVG dash pattern; the series' place decides where it is not given. */
  readonly dash?: string;
}

export interface LineMarker {
  readonly x: number;
  readonly label: string;
}

export interface LineChartProps extends ChartFrameProps {
  readonly x: XAxis;
  readonly y: YAxis;
  readonly series: readonly LineSeries[];
  /** Pixels. */
  readonly height?: number;
  /** Weight of the past in 0..1 (exponential mean); 0 draws what was measured. */
  readonly smoothing?: number;
  /** Upright lines with a word: the checkpoint that a run goes on from. */
  readonly markers?: readonly LineMarker[];
}

/** Curves over a common axis. The page's pointer reads all of them at one x; the legend takes curves out. */
export function LineChart(props: LineChartProps) {
  const { title, x, y, series, height = 260, smoothing = 0, markers, description, level, className } = props;
  const [holder, width] = useWidth<HTMLDivElement>();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [hovered, setHovered] = useState<number | null>(null);

  const drawn = useMemo(
    () =>
      series
        .map((one, place): DrawnSeries => {
          const look = seriesLook(place);
          return { ...one, ...look, dash: one.dash ?? look.dash, smoothed: smooth(one.points, smoothing) };
        })
        .filter(({ id }) => !hidden.has(id)),
    [series, smoothing, hidden],
  );
  const plot = useMemo(
    () =>
      width > 0 ? drawLines({ series: drawn, x, y, width, height, markers, smoothed: smoothing > 0 }) : null,
    [drawn, x, y, width, height, markers, smoothing],
  );

  const at = hovered === null ? null : readAt(drawn, hovered);
  const left = at && plot ? (plot.placeX(at.x) ?? null) : null;
  const move = (event: PointerEvent<HTMLDivElement>) => {
    const bounds = event.currentTarget.getBoundingClientRect();
    setHovered(plot?.readX(event.clientX - bounds.left) ?? null);
  };

  return (
    <ChartFrame
      title={title}
      level={level}
      className={className}
      numbers={() => lineNumbers(x, y, series)}
      svg={() => plot && svgFile(plot.svg, title, drawn.length > 1 ? drawn : [])}
    >
      <div
        ref={holder}
        className="m-chart__holder"
        style={{ height }}
        onPointerMove={move}
        onPointerLeave={() => setHovered(null)}
      >
        <PlotHolder plot={plot?.svg ?? null} label={description ?? describeLines(title, x, y, series)} />
        {at && left !== null && (
          <>
            <div className="m-chart__cross" style={{ left, height: height - 32 }} />
            <div
              className="m-tip"
              style={left > width / 2 ? { right: width - left + 12 } : { left: left + 12 }}
            >
              <div className="m-tip__title">
                {x.label} {(x.format ?? formatNumber)(at.x)}
              </div>
              {at.rows.map(({ one, value }) => (
                <div key={one.id} className="m-tip__row">
                  <LineSample colour={one.colour} dash={one.dash} />
                  <span>{one.label}</span>
                  <b>{(y.format ?? formatNumber)(value)}</b>
                </div>
              ))}
            </div>
          </>
        )}
      </div>
      {series.length > 1 && <LineLegend series={series} hidden={hidden} onHide={setHidden} />}
    </ChartFrame>
  );
}

interface Reading {
  readonly x: number;
  readonly rows: readonly { readonly one: DrawnSeries; readonly value: number }[];
}

/** Curves that were thinned out have their points side by side: so near, as a share of the axis, they are read together. */
const sameStep = 0.01;

/** What every curve says at the measured x nearest to the pointer, or right beside it, the highest first. */
function readAt(series: readonly DrawnSeries[], x: number): Reading | null {
  let nearest: number | null = null;
  for (const { smoothed } of series) {
    const found = smoothed[nearestPlace(smoothed, x)]?.x;
    if (found !== undefined && (nearest === null || Math.abs(found - x) < Math.abs(nearest - x)))
      nearest = found;
  }
  if (nearest === null) return null;
  const place = nearest;
  const [first, last] = extent(series.flatMap(({ smoothed }) => [smoothed[0]?.x, smoothed.at(-1)?.x])) ?? [
    0, 0,
  ];
  const rows = series.flatMap((one) => {
    const point = one.smoothed[nearestPlace(one.smoothed, place)];
    if (point?.y == null || Math.abs(point.x - place) > sameStep * (last - first)) return [];
    return [{ one, value: point.y }];
  });
  return { x: place, rows: rows.sort((a, b) => b.value - a.value) };
}

/** One row for each x, one column for each curve: what was measured, never what was smoothed. */
function lineNumbers(x: XAxis, y: YAxis, series: readonly LineSeries[]): ChartNumbers {
  const byX = new Map<number, (number | null)[]>();
  series.forEach(({ points }, place) => {
    for (const point of points) {
      const row = byX.get(point.x) ?? series.map(() => null);
      row[place] = point.y;
      byX.set(point.x, row);
    }
  });
  return {
    columns: [
      { name: axisLabel(x), format: x.format },
      ...series.map(({ label }) => ({ name: series.length === 1 ? axisLabel(y) : label, format: y.format })),
    ],
    rows: [...byX].sort(([a], [b]) => a - b).map(([place, values]) => [place, ...values]),
  };
}

function describeLines(title: string, x: XAxis, y: YAxis, series: readonly LineSeries[]): string {
  const format = y.format ?? formatNumber;
  const ends = series.slice(0, 5).flatMap(({ label, points }) => {
    const last = points.findLast((point) => point.y !== null);
    return last?.y == null ? [] : [`${label} ends at ${format(last.y)}`];
  });
  const more = series.length > 5 ? `, and ${series.length - 5} more` : '';
  const said = ends.length > 0 ? `: ${ends.join(', ')}${more}` : '';
  return `${title}, ${axisLabel(y)} over ${axisLabel(x)}, ${series.length === 1 ? 'one line' : `${series.length} lines`}${said}.`;
}
