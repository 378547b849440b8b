import { ModaError, nearestName } from '@moda/contracts';
import { parseArchitecture } from '../graph/architecture-json.js';
import type { Architecture } from '../graph/architecture.js';
import { inferShapes, outputShape } from '../graph/infer-shapes.js';
import type { ArchitectureOptions } from './architecture-options.js';
import { compact } from './compact.js';
import { lenet5 } from './lenet5.js';
import { mobilenet } from './mobilenet.js';
import { resnet18 } from './resnet18.js';
import { vgg16 } from './vgg16.js';

const builtIn = new Map<string, (options: ArchitectureOptions) => Architecture>([
  ['vgg16', vgg16],
  ['resnet18', resnet18],
  ['mobilenet', mobilenet],
  ['lenet5', lenet5],
  ['compact', compact],
]);

/** Names of the built-in architectures. */
export const architectureNames: readonly string[] = [...builtIn.keys()];

/**
 * A checked architecture for images of the given shape and so many classes.
 *
 * @param nameOrJson the name of a built-in architecture, or the parsed JSON of an architecture file
 * @throws ModaError ARCHITECTURE_UNKNOWN for a name that is not built in; for JSON the errors of `parseArchitecture`, and
 *   ARCHITECTURE_CHANNEL_MISMATCH where it is for other images or another number of classes
 */
export function buildArchitecture(nameOrJson: unknown, options: ArchitectureOptions): Architecture {
  const { input, classes } = options;
  if (!Number.isSafeInteger(classes) || classes < 1) {
    throw new ModaError('ARCHITECTURE_INVALID', `A network needs at least one class, not ${classes}.`, {
      classes,
    });
  }
  if (typeof nameOrJson === 'string') {
    const architecture = findBuiltIn(nameOrJson)(options);
    inferShapes(architecture);
    return architecture;
  }
  const architecture = parseArchitecture(nameOrJson);
  const own = architecture.input;
  if (own.height !== input.height || own.width !== input.width || own.channels !== input.channels) {
    throw new ModaError(
      'ARCHITECTURE_CHANNEL_MISMATCH',
      `Architecture "${architecture.name}" takes ${sizeOf(own)} images, but the data has ${sizeOf(input)}; change its field input.`,
    );
  }
  const outputs = outputShape(architecture).channels.kept.length;
  if (outputs !== classes) {
    throw new ModaError(
      'ARCHITECTURE_CHANNEL_MISMATCH',
      `Architecture "${architecture.name}" ends in ${outputs} outputs, but the data has ${classes} classes; change the channels of its last layer.`,
    );
  }
  return architecture;
}

function findBuiltIn(name: string): (options: ArchitectureOptions) => Architecture {
  const found = builtIn.get(name);
  if (found) return found;
  const nearest = nearestName(name, architectureNames);
  throw new ModaError(
    'ARCHITECTURE_UNKNOWN',
    `There is no architecture "${name.slice(0, 64)}"${nearest ? `; did you mean "${nearest}"?` : '.'} Built in: ${architectureNames.join(', ')}; or give a JSON file.`,
    { name, known: architectureNames },
  );
}

function sizeOf({ height, width, channels }: { height: number; width: number; channels: number }): string {
  return `${height}x${width}x${channels}`;
}
