'use client';

import { useState } from 'react';
import { SelectField } from '../controls/select-field.js';
import { formatInteger } from '../quantity/format-quantity.js';
import { ChartFrame } from './chart-frame.js';
import type { ChartFrameProps } from './chart-props.js';
import { useThemeName, useWidth } from './chart-width.js';
import { HeatLegend } from './heat-legend.js';
import { unitMapSvg } from './unit-map-svg.js';
import { UnitRow } from './unit-row.js';

export interface UnitMapUnit {
  /** In 0..1: how often the unit is active. */
  readonly value: number;
  /** Whether the module keeps it. */
  readonly kept: boolean;
  /** How many classes keep it. */
  readonly of?: number;
}

export interface UnitMapLayer {
  readonly name: string;
  readonly units: readonly UnitMapUnit[];
}

export interface UnitMapProps extends ChartFrameProps {
  readonly layers: readonly UnitMapLayer[];
  readonly onUnit?: (layer: number, unit: number) => void;
  readonly format: (value: number) => string;
}

/** Every unit of every layer: a filled square is kept, an open one is left out, the colour says how often it is active. */
export function UnitMap({ title, layers, onUnit, format, description, level, className }: UnitMapProps) {
  const [holder, width] = useWidth<HTMLDivElement>();
  const theme = useThemeName();
  const [chosen, setChosen] = useState('0');
  const shownLayer = layers[Number(chosen)] ?? layers[0];
  const units = layers.reduce((sum, layer) => sum + layer.units.length, 0);
  const kept = layers.reduce((sum, layer) => sum + keptOf(layer), 0);
  return (
    <ChartFrame
      title={title}
      level={level}
      className={className}
      numbers={() => ({
        columns: [
          { name: `Unit of ${shownLayer?.name ?? 'no layer'}` },
          { name: 'Value', format },
          { name: 'Kept' },
          { name: 'Classes that keep it' },
        ],
        rows: (shownLayer?.units ?? []).map((unit, place) => [
          place,
          unit.value,
          unit.kept ? 'yes' : 'no',
          unit.of ?? null,
        ]),
      })}
      svg={() => (holder.current ? unitMapSvg(title, layers, holder.current) : null)}
    >
      <p className="m-muted">
        {description ??
          `${formatInteger(kept)} of ${formatInteger(units)} units in ${layers.length} layers are kept. Filled squares are kept, open ones are not.`}
      </p>
      <HeatLegend kind="heat" domain={[0, 1]} format={format} />
      <div ref={holder}>
        <ul className="m-units__layers">
          {layers.map((layer, place) => (
            <UnitRow
              key={layer.name}
              layer={layer}
              mapWidth={width}
              theme={theme}
              format={format}
              onUnit={onUnit && ((unit) => onUnit(place, unit))}
            />
          ))}
        </ul>
      </div>
      {layers.length > 1 && (
        <SelectField
          label="Layer of the numbers below"
          value={chosen}
          onChange={setChosen}
          options={layers.map(({ name }, place) => ({ value: String(place), label: name }))}
        />
      )}
    </ChartFrame>
  );
}

export function keptOf({ units }: UnitMapLayer): number {
  return units.reduce((sum, { kept }) => sum + (kept ? 1 : 0), 0);
}
