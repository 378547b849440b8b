'use client';

import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useRef, useState } from 'react';
import { heatStep, heatSteps } from './heat-steps.js';
import { unitAt, unitGrid } from './unit-grid.js';
import { keptOf, type UnitMapLayer } from './unit-map.js';

interface UnitRowProps {
  readonly layer: UnitMapLayer;
  /** Of the whole map, names included; 0 before it is known. */
  readonly mapWidth: number;
  /** Draws anew when it changes: a canvas knows no CSS variables. */
  readonly theme: string;
  readonly format: (value: number) => string;
  readonly onUnit?: (unit: number) => void;
}

/** Where the names stand beside the units, and where they stand above them. */
const nameWidth = 132;
const narrow = 480;

/** One layer of the map, on a canvas of its own. Arrow keys walk its units, Enter chooses one. */
export function UnitRow({ layer, mapWidth, theme, format, onUnit }: UnitRowProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [at, setAt] = useState<number | null>(null);
  const width = Math.max(1, (mapWidth || 640) - (mapWidth < narrow ? 0 : nameWidth));
  const grid = unitGrid(layer, width);
  const { columns, step, height } = grid;

  useLayoutEffect(() => {
    if (canvas.current && mapWidth > 0) drawUnits(canvas.current, layer, width, at);
  }, [layer, width, mapWidth, theme, at]);

  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    const bounds = event.currentTarget.getBoundingClientRect();
    setAt(unitAt(layer, grid, event.clientX - bounds.left, event.clientY - bounds.top) ?? null);
  };
  const walk = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
    if (event.key === 'Enter' && at !== null) onUnit?.(at);
    if (by === undefined) return;
    event.preventDefault();
    setAt(at === null ? 0 : Math.max(0, Math.min(layer.units.length - 1, at + by)));
  };
  const unit = at === null ? undefined : layer.units[at];
  const kept = keptOf(layer);
  return (
    <li className={mapWidth < narrow ? 'm-units__layer m-units__layer--narrow' : 'm-units__layer'}>
      <div className="m-units__name">
        {layer.name}
        <div className="m-units__kept">
          {kept} of {layer.units.length}
        </div>
      </div>
      <div className="m-chart__holder">
        <canvas
          ref={canvas}
          className={`m-units__canvas ${onUnit ? 'm-units__canvas--button' : ''}`}
          style={{ height }}
          role="img"
          aria-label={`${layer.name}: ${kept} of ${layer.units.length} units kept. Arrow keys walk the units.`}
          tabIndex={0}
          onPointerMove={move}
          onPointerLeave={() => setAt(null)}
          onBlur={() => setAt(null)}
          onClick={() => at !== null && onUnit?.(at)}
          onKeyDown={walk}
        />
        {unit && at !== null && (
          <div
            className="m-tip"
            role="status"
            style={{
              top: Math.floor(at / columns) * step + step + 6,
              left: Math.max(0, Math.min((at % columns) * step, width - 200)),
            }}
          >
            {layer.name}, unit {at}: {format(unit.value)}, {unit.kept ? 'kept' : 'not kept'}
            {unit.of !== undefined && `, kept by ${unit.of} ${unit.of === 1 ? 'class' : 'classes'}`}
          </div>
        )}
      </div>
    </li>
  );
}

function drawUnits(canvas: HTMLCanvasElement, layer: UnitMapLayer, width: number, at: number | null): void {
  const { columns, step, height } = unitGrid(layer, width);
  const density = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * density);
  canvas.height = Math.round(height * density);
  const paint = canvas.getContext('2d');
  if (!paint) return;
  const style = getComputedStyle(canvas);
  const colours = Array.from({ length: heatSteps }, (_, place) =>
    style.getPropertyValue(`--heat-${place}`).trim(),
  );
  const [edge, ink] = ['--line-strong', '--ink'].map((name) => style.getPropertyValue(name).trim());
  paint.scale(density, density);
  layer.units.forEach(({ value, kept }, unit) => {
    const x = (unit % columns) * step;
    const y = Math.floor(unit / columns) * step;
    const colour = colours[heatStep(value, [0, 1])] ?? '';
    if (kept) {
      paint.fillStyle = colour;
      paint.fillRect(x + 0.5, y + 0.5, step - 2, step - 2);
      paint.strokeStyle = edge ?? '';
      paint.lineWidth = 0.5;
      paint.strokeRect(x + 0.75, y + 0.75, step - 2.5, step - 2.5);
    } else {
      const inset = Math.round(step / 4);
      paint.strokeStyle = edge ?? '';
      paint.lineWidth = 0.75;
      paint.globalAlpha = 0.8;
      paint.strokeRect(x + inset, y + inset, step - 2 * inset - 1, step - 2 * inset - 1);
      paint.globalAlpha = 1;
    }
    if (unit === at) {
      paint.strokeStyle = ink ?? '';
      paint.lineWidth = 2;
      paint.strokeRect(x, y, step - 1, step - 1);
    }
  });
}
