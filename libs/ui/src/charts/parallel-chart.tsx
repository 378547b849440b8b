'use client';

import { type PointerEvent, useMemo, useState } from 'react';
import { formatNumber } from '../quantity/format-quantity.js';
import { axisLabel, extent } from './axis-text.js';
import { ChartFrame, type ChartNumbers } from './chart-frame.js';
import type { ChartFrameProps } from './chart-props.js';
import { useWidth } from './chart-width.js';
import { drawParallel } from './draw-parallel.js';
import { LineLegend, LineSample } from './line-legend.js';
import { nearestLine } from './parallel-lines.js';
import type { ParallelValue } from './parallel-scale.js';
import { PlotHolder } from './plot-holder.js';
import { seriesLook } from './series-look.js';
import { svgFile } from './svg-file.js';

/**
 * An upright axis: of texts where one of the values is a text, else of numbers, logarithmic where they are positive and span more than a
 * factor of 100.
 */
export interface ParallelAxis {
  readonly id: string;
  readonly label: string;
  readonly unit?: string;
  /** How numbers are written. */
  readonly format?: (value: number) => string;
  /** Its name stands out: what came of the rest. */
  readonly strong?: boolean;
  /** One a line, in their order; null breaks the line. */
  readonly values: readonly ParallelValue[];
}

export interface ParallelLine {
  readonly id: string;
  readonly label: string;
}

export interface ParallelChartProps extends ChartFrameProps {
  /** From left to right. */
  readonly axes: readonly ParallelAxis[];
  /** Their places decide their looks, as those of series do in a chart of lines. */
  readonly lines: readonly ParallelLine[];
  /** Heading of the lines' names in the table. */
  readonly lineName: string;
  /** Ids of lines that are switched off: they are not drawn, and count for the axes all the same. */
  readonly hidden: ReadonlySet<string>;
  readonly onHide: (hidden: ReadonlySet<string>) => void;
  /** Pixels. */
  readonly height?: number;
}

/** How near to a line the pointer must come, in pixels. */
const reach = 16;
/** Kept free below the drawing for the bar that scrolls it, in pixels. */
const scrollBar = 16;

/** Things with many measures: a line for each thing through an axis for each measure. A line stands out when it or its name is pointed at. */
export function ParallelChart(props: ParallelChartProps) {
  const { title, axes, lines, hidden, onHide, lineName, height = 320, description, level, className } = props;
  const [holder, width] = useWidth<HTMLDivElement>();
  const [pointed, setPointed] = useState<string | null>(null);
  const [pointer, setPointer] = useState<{ readonly x: number; readonly y: number } | null>(null);

  const drawn = useMemo(
    () =>
      lines
        .map(({ id, label }, place) => ({
          ...seriesLook(place),
          id,
          label,
          values: axes.map(({ values }) => values[place] ?? null),
        }))
        .filter(({ id }) => !hidden.has(id)),
    [axes, lines, hidden],
  );
  const plot = useMemo(
    () =>
      width > 0 ? drawParallel({ axes, lines: drawn, pointed, width, height: height - scrollBar }) : null,
    [axes, drawn, pointed, width, height],
  );
  const isWide = plot !== null && plot.width > width;
  const hovered = pointer && drawn.find(({ id }) => id === pointed);
  const move = (event: PointerEvent<HTMLDivElement>) => {
    if (plot === null) return;
    // Of the drawing, which may be scrolled.
    const bounds = plot.svg.getBoundingClientRect();
    const [x, y] = [event.clientX - bounds.left, event.clientY - bounds.top];
    const nearest = nearestLine(plot.lines, x, y, reach);
    setPointed(nearest?.id ?? null);
    setPointer(nearest ? { x, y } : null);
  };
  const leave = () => {
    setPointed(null);
    setPointer(null);
  };

  return (
    <ChartFrame
      title={title}
      level={level}
      className={className}
      numbers={() => parallelNumbers(lineName, axes, lines)}
      svg={() => plot && svgFile(plot.svg, title, drawn)}
    >
      <div
        ref={holder}
        className="m-chart__holder m-parallel"
        style={{ height }}
        onPointerMove={move}
        onPointerLeave={leave}
        // So that a keyboard can scroll what is wider than the page.
        {...(isWide && { role: 'region', 'aria-label': `${title}, to be scrolled`, tabIndex: 0 })}
      >
        <PlotHolder plot={plot?.svg ?? null} label={description ?? describeParallels(props)} />
        {hovered && plot && (
          <div
            className="m-tip"
            style={{
              top: Math.min(pointer.y + 12, height - 44),
              ...(pointer.x > plot.width / 2
                ? { left: pointer.x - 12, transform: 'translateX(-100%)' }
                : { left: pointer.x + 12 }),
            }}
          >
            <div className="m-tip__row">
              <LineSample colour={hovered.colour} dash={hovered.dash} />
              <span>{hovered.label}</span>
            </div>
          </div>
        )}
      </div>
      <LineLegend series={lines} hidden={hidden} onHide={onHide} pointed={pointed} onPoint={setPointed} />
    </ChartFrame>
  );
}

/** One row a line, those that are switched off too, and one column an axis. */
function parallelNumbers(
  lineName: string,
  axes: readonly ParallelAxis[],
  lines: readonly ParallelLine[],
): ChartNumbers {
  return {
    columns: [{ name: lineName }, ...axes.map((axis) => ({ name: axisLabel(axis), format: axis.format }))],
    rows: lines.map(({ label }, place) => [label, ...axes.map(({ values }) => values[place] ?? null)]),
  };
}

/** As many axes and texts are told in the sentence; the table has all. */
const mostSaid = 8;
const mostTexts = 3;

function describeParallels({ title, axes, lines, hidden }: ParallelChartProps): string {
  const shown = lines.filter(({ id }) => !hidden.has(id)).length;
  const said = axes.slice(0, mostSaid).map((axis) => `${axis.label} ${spanOf(axis)}`);
  const more = axes.length > mostSaid ? `, and ${axes.length - mostSaid} more` : '';
  return `${title}: ${counted(shown, 'line')} through ${counted(axes.length, 'axis', 'axes')}. ${said.join(', ')}${more}.`;
}

function counted(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? `one ${one}` : `${count} ${many}`;
}

/** What an axis spans, in words. */
function spanOf({ values, format = formatNumber }: ParallelAxis): string {
  const texts = values.filter((value) => typeof value === 'string');
  if (texts.length > 0) {
    const different = [...new Set(texts)];
    const rest = different.length > mostTexts ? ` or one of ${different.length - mostTexts} more` : '';
    return `${different.slice(0, mostTexts).join(' or ')}${rest}`;
  }
  const ends = extent(values.filter((value) => typeof value === 'number'));
  if (ends === undefined) return 'without a value';
  const [low, high] = ends;
  return low === high ? format(low) : `from ${format(low)} to ${format(high)}`;
}
