import { ModaError } from '@moda/contracts';
import {
  type Architecture,
  type ChannelSet,
  fullSet,
  type ShapesByName,
  trackedLayers,
} from '@moda/nn/graph';

import { ascending, inBoth } from './ascending.js';

/** What a cut keeps, in the numbering of the whole network. */
export interface Cut {
  /** Units by tracked layer, in forward order. */
  readonly kept: readonly (readonly number[])[];
  /** Classes of the output layer. */
  readonly classes: readonly number[];
}

/** The set that each tracked ReLU keeps, by its name. */
export function reluMasks(
  architecture: Architecture,
  shapes: ShapesByName,
  { kept }: Cut,
): Map<string, ChannelSet> {
  const layers = trackedLayers(architecture, shapes);
  if (layers.length !== kept.length) {
    throw new ModaError(
      'PARAMETER_MISMATCH',
      `The network has ${layers.length} tracked layers, but units are given for ${kept.length}; take the activation rates of this network.`,
    );
  }
  return new Map(
    layers.map(({ name, channels: { of } }, l) => {
      const units = ascending(kept[l] ?? []);
      const strange = firstOutside(units, of);
      if (units.length === 0 || strange !== undefined) {
        throw new ModaError(
          'PARAMETER_MISMATCH',
          strange === undefined
            ? `Layer "${name}" would keep no unit; keep at least one of its ${of}.`
            : `Layer "${name}" has no unit ${strange}, only 0 to ${of - 1}; take the activation rates of this network.`,
          { layer: name },
        );
      }
      return [name, { of, kept: units }];
    }),
  );
}

/** The set of the output layer. */
export function outputSet(architecture: Architecture, shapes: ShapesByName, { classes }: Cut): ChannelSet {
  const last = architecture.operators.at(-1)?.name ?? '';
  const outputs = shapes.get(last)?.channels ?? fullSet(0);
  if (classes.length === 0)
    throw new ModaError('USAGE', 'No class is given; name at least one class to keep.');
  const wanted = { of: outputs.of, kept: ascending(classes) };
  const known = inBoth(wanted, outputs).kept;
  const unknown = wanted.kept.find((label, position) => label !== known[position]);
  if (unknown !== undefined) {
    throw new ModaError(
      'CLASS_UNKNOWN',
      `The network has no class ${unknown}; it has ${listed(outputs.kept)}.`,
      {
        class: unknown,
      },
    );
  }
  return wanted;
}

function firstOutside(units: readonly number[], of: number): number | undefined {
  for (const unit of units) {
    if (!Number.isInteger(unit) || unit < 0 || unit >= of) return unit;
  }
  return undefined;
}

function listed(classes: readonly number[]): string {
  const shown = classes.slice(0, 20).join(', ');
  return classes.length > 20 ? `${shown}, … (${classes.length} in all)` : shown;
}
