import { ModaError } from '@moda/contracts';
import type { ModelManifest } from '@moda/module-format';

/**
 * The measured accuracy of a whole model, or of one of its classes, 0..1; undefined where it was not measured.
 *
 * @throws ModaError MODEL_INVALID
 */
export function accuracyOf({ metrics = {} }: ModelManifest, classIndex?: number): number | undefined {
  const name = classIndex === undefined ? 'accuracy' : `accuracy:${classIndex}`;
  // A record may have what its prototype has.
  const value = Object.hasOwn(metrics, name) ? metrics[name] : undefined;
  if (value === undefined || (value >= 0 && value <= 1)) return value;
  throw new ModaError(
    'MODEL_INVALID',
    `The manifest module.json has the metric ${name} of ${value}; an accuracy is a share from 0 to 1.`,
    { metric: name },
  );
}
