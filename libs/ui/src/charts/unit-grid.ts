import type { UnitMapLayer } from './unit-map.js';

/** How the units of a layer are laid out; lengths in CSS pixels. */
export interface UnitGrid {
  readonly columns: number;
  /** From one square to the next. */
  readonly step: number;
  readonly height: number;
}

/** Few units get large squares, thousands small ones. */
export function unitGrid({ units }: UnitMapLayer, width: number): UnitGrid {
  const step = units.length <= 128 ? 14 : units.length <= 512 ? 11 : 8;
  const columns = Math.max(1, Math.floor(width / step));
  return { columns, step, height: Math.max(1, Math.ceil(units.length / columns)) * step };
}

/** The unit under a point, undefined where there is none. */
export function unitAt(
  { units }: UnitMapLayer,
  { columns, step }: UnitGrid,
  x: number,
  y: number,
): number | undefined {
  const column = Math.floor(x / step);
  if (column < 0 || column >= columns || y < 0) return undefined;
  const unit = Math.floor(y / step) * columns + column;
  return unit < units.length ? unit : undefined;
}
