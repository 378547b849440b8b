import { ModaError } from '@moda/contracts';
import type { Architecture, ImageShape } from './architecture.js';
import { fullSet } from './channel-set.js';
import { MAX_TOTAL_CHANNELS } from './limits.js';
import { operatorShape } from './operator-shape.js';
import type { OutputShape } from './shapes.js';
import { topologicalOrder } from './topological-order.js';

/** What operators call the image. */
export const INPUT = 'input';

/**
 * Shape of one sample at every operator's output, `input` included, in forward order. Checks the architecture on the way.
 *
 * @throws ModaError ARCHITECTURE_INVALID (names, windows, channel sets), ARCHITECTURE_CYCLE (an input that comes later than its
 *   use), ARCHITECTURE_CHANNEL_MISMATCH (operators that do not fit together)
 */
export function inferShapes(architecture: Architecture): Map<string, OutputShape> {
  const { operators } = architecture;
  if (operators.length === 0) {
    throw new ModaError(
      'ARCHITECTURE_INVALID',
      `Architecture "${architecture.name}" has no operators; give at least one.`,
    );
  }
  const shapes = new Map<string, OutputShape>([[INPUT, imageShape(architecture.input)]]);
  let channels = 0;
  for (const operator of operators) {
    if (shapes.has(operator.name)) {
      throw new ModaError(
        'ARCHITECTURE_INVALID',
        operator.name === INPUT
          ? `An operator is named "${INPUT}", which is what the image is called; give it another name.`
          : `Two operators are named "${operator.name}"; give each a name of its own.`,
        { operator: operator.name },
      );
    }
    const inputs = operator.inputs.map(
      (name) => shapes.get(name) ?? throwNotBefore(architecture, operator.name, name),
    );
    const shape = operatorShape(operator, inputs);
    channels += shape.channels.kept.length;
    if (channels > MAX_TOTAL_CHANNELS) {
      throw new ModaError(
        'ARCHITECTURE_INVALID',
        `Up to operator "${operator.name}" the outputs have more than ${MAX_TOTAL_CHANNELS} channels together; make the network smaller.`,
        { operator: operator.name },
      );
    }
    shapes.set(operator.name, shape);
  }
  return shapes;
}

/** Shape of the last operator's output: the logits. */
export function outputShape(architecture: Architecture, shapes = inferShapes(architecture)): OutputShape {
  const last = architecture.operators.at(-1);
  const shape = last && shapes.get(last.name);
  if (!shape) throw new Error(`no shape for the last operator of ${architecture.name}`);
  return shape;
}

/** The image as an output: all its channels, unflattened. */
export function imageShape({ height, width, channels }: ImageShape): OutputShape {
  for (const [axis, extent] of Object.entries({ height, width, channels })) {
    if (!Number.isSafeInteger(extent) || extent < 1) {
      throw new ModaError(
        'ARCHITECTURE_INVALID',
        `The input's ${axis} is ${extent}; it has to be a whole number of at least 1.`,
      );
    }
  }
  return { height, width, channels: fullSet(channels), flat: false };
}

function throwNotBefore({ operators }: Architecture, user: string, name: string): never {
  if (!operators.some((operator) => operator.name === name)) throw unknownInput(user, name);
  topologicalOrder(operators); // names the loop, where there is one
  throw new ModaError(
    'ARCHITECTURE_CYCLE',
    `Operator "${user}" takes "${name}", which comes only after it; list every operator after its inputs.`,
    { operator: user, input: name },
  );
}

/** The sentence for an operator that takes an output which nothing yields. */
export function unknownInput(user: string, name: string): ModaError {
  return new ModaError(
    'ARCHITECTURE_INVALID',
    `Operator "${user}" takes "${name}", but no operator has this name; name an operator or "${INPUT}".`,
    { operator: user, input: name },
  );
}
