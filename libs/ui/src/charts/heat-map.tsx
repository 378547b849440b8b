'use client';

import { type KeyboardEvent, useRef, useState } from 'react';
import { ChartFrame } from './chart-frame.js';
import type { ChartFrameProps } from './chart-props.js';
import { useWidth } from './chart-width.js';
import { HeatLegend } from './heat-legend.js';
import { heatDomain, heatKind, heatStep } from './heat-steps.js';
import { marginFor } from './axis-text.js';
import { svgFile } from './svg-file.js';

export type HeatScale = 'share' | 'diverging' | 'count';

export interface HeatMapProps extends ChartFrameProps {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** One list a row, one number a column; null is a cell without a value. Shares are in 0..1. */
  readonly values: readonly (readonly (number | null)[])[];
  readonly format: (value: number) => string;
  /** `share`: 0 to 1; `count`: 0 to the largest; `diverging`: as far below zero as above. */
  readonly scale: HeatScale;
  readonly rowLabel: string;
  readonly columnLabel: string;
  readonly onCell?: (row: number, column: number) => void;
}

interface Cell {
  readonly row: number;
  readonly column: number;
}

const largestCell = 50;
const smallestCell = 6;
const highestRow = 32;
const topMargin = 44;
const pixelsPerLetter = 6.2;
/** Below this a name of a row or column would touch the next. */
const labelRoom = 13;

/** A matrix in colours: overlap of modules, confusion of classes. Arrow keys walk the cells, Enter chooses one. */
export function HeatMap(props: HeatMapProps) {
  const {
    title,
    rows,
    columns,
    values,
    format,
    scale,
    rowLabel,
    columnLabel,
    onCell,
    description,
    level,
    className,
  } = props;
  const [holder, width] = useWidth<HTMLDivElement>();
  const svg = useRef<SVGSVGElement>(null);
  const [at, setAt] = useState<Cell | null>(null);
  const kind = heatKind(scale);
  const domain = heatDomain(values, scale);
  const left = marginFor(rows) + 12;
  const cell = Math.max(
    smallestCell,
    Math.min(largestCell, ((width || 640) - left - 8) / Math.max(1, columns.length)),
  );
  const high = Math.min(highestRow, cell);
  const longest = Math.max(0, ...values.flat().map((value) => (value === null ? 0 : format(value).length)));
  const withText = longest * pixelsPerLetter + 4 <= cell && high >= 16;
  const slanted = Math.max(0, ...columns.map((name) => name.length)) * pixelsPerLetter > cell;
  const top = topMargin + (slanted ? Math.min(96, Math.max(...columns.map((name) => name.length)) * 5) : 0);
  const size = { width: left + cell * columns.length + 8, height: top + high * rows.length + 4 };
  const every = (room: number) => Math.max(1, Math.ceil(labelRoom / room));

  const keys = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (event.key === 'Enter' && at) onCell?.(at.row, at.column);
    if (event.key === 'Escape') setAt(null);
    if (!step) return;
    event.preventDefault();
    setAt({
      row: within((at?.row ?? (step.row > 0 ? -1 : 0)) + step.row, rows.length),
      column: within((at?.column ?? (step.column > 0 ? -1 : 0)) + step.column, columns.length),
    });
  };

  return (
    <ChartFrame
      title={title}
      level={level}
      className={className}
      numbers={() => ({
        columns: [{ name: `${rowLabel} / ${columnLabel}` }, ...columns.map((name) => ({ name, format }))],
        rows: rows.map((name, row) => [name, ...columns.map((_, column) => values[row]?.[column] ?? null)]),
      })}
      svg={() => svg.current && svgFile(svg.current, title)}
    >
      <div ref={holder} className="m-chart__holder">
        <svg
          ref={svg}
          className="m-plot m-heat"
          width={size.width}
          height={size.height}
          viewBox={`0 0 ${size.width} ${size.height}`}
          role="img"
          aria-label={description ?? describeMap(props)}
          tabIndex={0}
          onKeyDown={keys}
          onPointerLeave={() => setAt(null)}
          onBlur={() => setAt(null)}
        >
          {/* In one line: side by side they would lie upon the names of the first column. */}
          <text x={0} y={14}>
            {`${rowLabel} ↓  ${columnLabel} →`}
          </text>
          {columns.map((name, column) =>
            column % every(cell) === 0 ? (
              <text
                key={column}
                textAnchor={slanted ? 'start' : 'middle'}
                transform={`translate(${left + (column + 0.5) * cell} ${top - 8})${slanted ? ' rotate(-45)' : ''}`}
              >
                {name}
              </text>
            ) : null,
          )}
          {rows.map((name, row) =>
            row % every(high) === 0 ? (
              <text key={row} x={left - 8} y={top + (row + 0.5) * high} dy="0.35em" textAnchor="end">
                {name}
              </text>
            ) : null,
          )}
          {rows.map((_, row) =>
            columns.map((_name, column) => {
              const value = values[row]?.[column] ?? null;
              const step = value === null ? null : heatStep(value, domain);
              const place = { x: left + column * cell, y: top + row * high };
              const focused = at?.row === row && at.column === column;
              return (
                <g
                  key={`${row}.${column}`}
                  className={onCell ? 'm-heat__button' : undefined}
                  onPointerEnter={() => setAt({ row, column })}
                  onClick={onCell && (() => onCell(row, column))}
                >
                  <rect
                    {...place}
                    width={cell}
                    height={high}
                    className={`${step === null ? 'm-heat__none' : `m-${kind}-${step}`} m-heat__cell ${focused ? 'm-heat__cell--focus' : ''}`}
                  />
                  {withText && value !== null && step !== null && (
                    <text
                      className={`m-${kind}-ink-${step}`}
                      x={place.x + cell / 2}
                      y={place.y + high / 2}
                      dy="0.35em"
                      textAnchor="middle"
                    >
                      {format(value)}
                    </text>
                  )}
                </g>
              );
            }),
          )}
        </svg>
        {at && (
          <div
            className="m-tip"
            role="status"
            style={{
              top: top + (at.row + 1) * high + 8,
              left: Math.max(0, Math.min(left + at.column * cell, (width || size.width) - 220)),
            }}
          >
            {cellText(props, at)}
          </div>
        )}
      </div>
      <HeatLegend kind={kind} domain={domain} format={format} />
    </ChartFrame>
  );
}

const steps: Readonly<Record<string, Cell>> = {
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
};

function within(place: number, count: number): number {
  return Math.max(0, Math.min(count - 1, place));
}

function cellText(
  { rows, columns, values, format, rowLabel, columnLabel }: HeatMapProps,
  { row, column }: Cell,
): string {
  const value = values[row]?.[column] ?? null;
  return `${rowLabel} ${rows[row] ?? ''}, ${columnLabel} ${columns[column] ?? ''}: ${value === null ? 'no value' : format(value)}`;
}

function describeMap(props: HeatMapProps): string {
  const { title, rows, columns, values, format } = props;
  let low: Cell | undefined;
  let high: Cell | undefined;
  const read = (cell: Cell) => values[cell.row]?.[cell.column] ?? null;
  rows.forEach((_, row) => {
    columns.forEach((_name, column) => {
      const value = read({ row, column });
      if (value === null) return;
      if (!low || value < (read(low) ?? value)) low = { row, column };
      if (!high || value > (read(high) ?? value)) high = { row, column };
    });
  });
  const size = `${title}: ${rows.length} by ${columns.length} cells`;
  if (!low || !high) return `${size}, none with a value.`;
  return `${size}, from ${format(read(low) ?? 0)} to ${format(read(high) ?? 0)}. Highest: ${cellText(props, high)}. Arrow keys walk the cells.`;
}
