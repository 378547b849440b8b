'use client';

import { type PointerEvent, useMemo, useState } from 'react';
import { SelectField } from '../controls/select-field.js';
import { formatNumber } from '../quantity/format-quantity.js';
import { axisLabel } from './axis-text.js';
import { ChartFrame } from './chart-frame.js';
import type { ChartFrameProps, XAxis, YAxis } from './chart-props.js';
import { useWidth } from './chart-width.js';
import { drawPoints } from './draw-points.js';
import { PlotHolder } from './plot-holder.js';
import { svgFile } from './svg-file.js';

export interface ScatterPoint {
  readonly id: string;
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly emphasis?: boolean;
}

export interface ScatterChartProps extends ChartFrameProps {
  readonly x: XAxis;
  readonly y: YAxis;
  readonly points: readonly ScatterPoint[];
  /** Ids of the points that none beats, in the order of the line through them. */
  readonly front?: readonly string[];
  /** Id of the point that the page is about. */
  readonly current?: string;
  readonly onSelect?: (id: string) => void;
  readonly height?: number;
}

/** How near the pointer must come, in pixels. */
const reach = 24;

/** Points in two measures, with the line through those that none beats. Without a pointer they are chosen from a list. */
export function ScatterChart(props: ScatterChartProps) {
  const {
    title,
    x,
    y,
    points,
    front,
    current,
    onSelect,
    height = 300,
    description,
    level,
    className,
  } = props;
  const [holder, width] = useWidth<HTMLDivElement>();
  const [hovered, setHovered] = useState<ScatterPoint | null>(null);
  const plot = useMemo(
    () => (width > 0 ? drawPoints({ points, front, current, x, y, width, height }) : null),
    [points, front, current, x, y, width, height],
  );
  const place = (point: ScatterPoint) => ({
    left: plot?.placeX(point.x) ?? NaN,
    top: plot?.placeY(point.y) ?? NaN,
  });
  const find = (event: PointerEvent<HTMLDivElement>) => {
    const bounds = event.currentTarget.getBoundingClientRect();
    const distance = (point: ScatterPoint) => {
      const { left, top } = place(point);
      return Math.hypot(left - (event.clientX - bounds.left), top - (event.clientY - bounds.top));
    };
    let nearest: ScatterPoint | null = null;
    for (const point of points) if (!nearest || distance(point) < distance(nearest)) nearest = point;
    setHovered(nearest && distance(nearest) <= reach ? nearest : null);
  };
  const spot = hovered && place(hovered);
  return (
    <ChartFrame
      title={title}
      level={level}
      className={className}
      numbers={() => ({
        columns: [
          { name: 'Point' },
          { name: axisLabel(x), format: x.format },
          { name: axisLabel(y), format: y.format },
          ...(front ? [{ name: 'On the front' }] : []),
        ],
        rows: points.map((point) => [
          point.label,
          point.x,
          point.y,
          ...(front ? [front.includes(point.id) ? 'yes' : 'no'] : []),
        ]),
      })}
      svg={() => plot && svgFile(plot.svg, title)}
    >
      <div
        ref={holder}
        className={`m-chart__holder ${hovered && onSelect ? 'm-heat__button' : ''}`}
        style={{ height }}
        onPointerMove={find}
        onPointerLeave={() => setHovered(null)}
        onClick={() => hovered && onSelect?.(hovered.id)}
      >
        <PlotHolder plot={plot?.svg ?? null} label={description ?? describePoints(props)} />
        {hovered && spot && (
          <div
            className="m-tip"
            style={{
              top: Math.max(0, Math.min(spot.top - 20, height - 70)),
              ...(spot.left > width / 2 ? { right: width - spot.left + 14 } : { left: spot.left + 14 }),
            }}
          >
            <div className="m-tip__title">{hovered.label}</div>
            <div>
              {x.label} {(x.format ?? formatNumber)(hovered.x)}
            </div>
            <div>
              {y.label} {(y.format ?? formatNumber)(hovered.y)}
            </div>
          </div>
        )}
      </div>
      {onSelect && points.length > 0 && (
        <SelectField
          label="Point"
          value={current ?? ''}
          onChange={(id) => id && onSelect(id)}
          options={[
            ...(current === undefined ? [{ value: '', label: 'Choose a point' }] : []),
            ...points.map(({ id, label }) => ({ value: id, label })),
          ]}
        />
      )}
    </ChartFrame>
  );
}

function describePoints({ title, x, y, points, front, current }: ScatterChartProps): string {
  const shown = points.find(({ id }) => id === current);
  const here = shown
    ? ` The current one is ${shown.label}: ${(x.format ?? formatNumber)(shown.x)}, ${(y.format ?? formatNumber)(shown.y)}.`
    : '';
  const best = front ? ` ${front.length} of them are on the front.` : '';
  return `${title}: ${points.length} points, ${axisLabel(y)} against ${axisLabel(x)}.${best}${here}`;
}
