import { ModaError } from '@moda/contracts';
import { type Architecture, type ChannelSet, inferShapes, type ShapesByName } from '@moda/nn/graph';

import { inBoth } from './ascending.js';

/** Fails where a layer that was cut before no longer has a unit that it is to keep. */
export function requirePresent(layer: string, units: ChannelSet, present: ChannelSet): void {
  const absent = units.kept.length - inBoth(units, present).kept.length;
  if (absent > 0) {
    throw new ModaError(
      'PARAMETER_MISMATCH',
      `Layer "${layer}" lacks ${absent} of the ${units.kept.length} units that it is to keep; cut a network that still has them, such as the whole one.`,
      { layer },
    );
  }
}

/** The shapes of a cut. Fails where the walk could not narrow a layer down, because something else needs the channels that it is to lose. */
export function checkCut(
  architecture: Architecture,
  wantedByRelu: ReadonlyMap<string, ChannelSet>,
  outputs: ChannelSet,
): ShapesByName {
  const shapes = inferShapes(architecture);
  for (const { name, op } of architecture.operators) {
    const wanted = op === 'relu' ? wantedByRelu.get(name) : undefined;
    const kept = shapes.get(name)?.channels;
    if (wanted && kept && inBoth(kept, wanted).kept.length < kept.kept.length) {
      throw new ModaError(
        'ARCHITECTURE_INVALID',
        `The tracked layer "${name}" cannot be cut, because what it reads is also read, whole, by another operator; give it an operator of its own or leave it untracked.`,
        { layer: name },
      );
    }
  }
  const last = architecture.operators.at(-1)?.name ?? '';
  const kept = shapes.get(last)?.channels.kept.length;
  if (kept !== outputs.kept.length) {
    throw new ModaError(
      'ARCHITECTURE_INVALID',
      `The output "${last}" cannot be limited to classes, because it is not a layer's own; let a dense layer or a convolution yield it.`,
      { layer: last },
    );
  }
  return shapes;
}
