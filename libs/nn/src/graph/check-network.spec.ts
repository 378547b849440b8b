import { isModaError } from '@moda/contracts';
import { describe, expect, it } from 'vitest';
import { initialise } from '../initialise/initialise.js';
import type { Architecture } from './architecture.js';
import { fullSet } from './channel-set.js';
import { checkNetwork } from './check-network.js';
import type { HostTensor } from './network.js';

const architecture: Architecture = {
  name: 'sample',
  input: { height: 2, width: 2, channels: 1 },
  operators: [
    {
      op: 'conv',
      name: 'conv',
      inputs: ['input'],
      channels: fullSet(2),
      size: 1,
      stride: 1,
      padding: 0,
      bias: true,
    },
    { op: 'batchNorm', name: 'bn', inputs: ['conv'], epsilon: 1e-5 },
    { op: 'globalPool', name: 'mean', inputs: ['bn'] },
  ],
};

function failureWith(change: (parameters: Map<string, HostTensor>) => void): string {
  const parameters = new Map(initialise(architecture, 1).parameters);
  change(parameters);
  try {
    checkNetwork({ architecture, parameters });
  } catch (error) {
    if (isModaError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'no failure';
}

describe('checkNetwork', () => {
  it('accepts exactly the parameters that the architecture needs', () => {
    expect(failureWith(() => undefined)).toBe('no failure');
  });

  it.each<[string, (parameters: Map<string, HostTensor>) => void, string]>([
    ['a missing parameter', (p) => p.delete('conv/bias'), 'Parameter "conv/bias" of shape [2] is missing'],
    [
      'another shape',
      (p) => p.set('conv/kernel', { shape: [1, 1, 2, 1], data: new Float32Array(2) }),
      'Parameter "conv/kernel" has shape [1, 1, 2, 1], but the architecture needs [1, 1, 1, 2]',
    ],
    [
      'too few values for the shape',
      (p) => p.set('conv/bias', { shape: [2], data: new Float32Array(1) }),
      'Parameter "conv/bias" holds 1 values, but its shape has 2',
    ],
    [
      'a parameter of no operator',
      (p) => p.set('conv2/bias', { shape: [2], data: new Float32Array(2) }),
      'Parameter "conv2/bias" belongs to no operator of the architecture',
    ],
    [
      'a value that is not a number',
      (p) => p.set('bn/scale', { shape: [2], data: Float32Array.of(1, NaN) }),
      'Parameter "bn/scale" is NaN at index 1, not a finite number',
    ],
    [
      'a negative variance',
      (p) => p.set('bn/variance', { shape: [2], data: Float32Array.of(-1, 1) }),
      'Parameter "bn/variance" is -1 at index 0, but a variance is never negative',
    ],
  ])('refuses %s', (_, change, fact) => {
    expect(failureWith(change)).toBe(
      `PARAMETER_MISMATCH: ${fact}; check that the parameters belong to this architecture.`,
    );
  });
});
