import { ModaError } from '@moda/contracts';
import type { Network } from './network.js';
import { parameterSpecs } from './parameters.js';

/**
 * Fails unless the parameters are exactly those that the architecture needs, each of its shape, with finite values and
 * variances that are not negative.
 *
 * @throws ModaError PARAMETER_MISMATCH naming the first parameter that does not fit
 */
export function checkNetwork({ architecture, parameters }: Network): void {
  const specs = parameterSpecs(architecture);
  for (const { name, shape, kind } of specs) {
    const parameter = parameters.get(name);
    if (!parameter) {
      throw misfit(name, `Parameter "${name}" of shape [${shape.join(', ')}] is missing`);
    }
    if (
      parameter.shape.length !== shape.length ||
      parameter.shape.some((extent, axis) => extent !== shape[axis])
    ) {
      throw misfit(
        name,
        `Parameter "${name}" has shape [${parameter.shape.join(', ')}], but the architecture needs [${shape.join(', ')}]`,
      );
    }
    const values = shape.reduce((product, extent) => product * extent, 1);
    if (parameter.data.length !== values) {
      throw misfit(
        name,
        `Parameter "${name}" holds ${parameter.data.length} values, but its shape has ${values}`,
      );
    }
    checkValues(name, parameter.data, kind === 'variance' ? 0 : -Infinity);
  }
  if (parameters.size > specs.length) {
    const known = new Set(specs.map((spec) => spec.name));
    const extra = [...parameters.keys()].find((name) => !known.has(name)) ?? '';
    throw misfit(extra, `Parameter "${extra}" belongs to no operator of the architecture`);
  }
}

function checkValues(name: string, data: Float32Array, least: number): void {
  for (let i = 0; i < data.length; i++) {
    const value = data[i] ?? NaN;
    if (!Number.isFinite(value))
      throw misfit(name, `Parameter "${name}" is ${value} at index ${i}, not a finite number`);
    if (value < least)
      throw misfit(name, `Parameter "${name}" is ${value} at index ${i}, but a variance is never negative`);
  }
}

function misfit(parameter: string, fact: string): ModaError {
  return new ModaError(
    'PARAMETER_MISMATCH',
    `${fact}; check that the parameters belong to this architecture.`,
    { parameter },
  );
}
