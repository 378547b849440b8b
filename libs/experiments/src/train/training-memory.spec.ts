import { architectureNames, buildArchitecture } from '@moda/nn';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trainingMemory } from './training-memory.js';

const input = { height: 32, width: 32, channels: 1 };
const images = new Uint8Array(1000);
const split = { count: 1, ...input, images, labels: new Uint16Array() };
const data = { train: split, test: split };

describe('the memory of a run', () => {
  it('is counted by hand for a small network', () => {
    const architecture = buildArchitecture(
      {
        name: 'tiny',
        input,
        operators: [
          { op: 'conv', name: 'c', channels: 4, size: 5, stride: 2 },
          { op: 'relu', name: 'r' },
          { op: 'globalPool', name: 'p' },
          { op: 'dense', name: 'out', channels: 10 },
        ],
      },
      { input, classes: 10 },
    );
    const parameters = 4 * 25 + 4 + 40 + 10;
    // Kept: the image, the output of the ReLU and of the pool; the largest is the image.
    const convolved = 14 * 14 * 4;
    const largest = 1024;
    const batch = 1000 * (1024 + convolved + 4 + 3 * largest);
    expect(trainingMemory(architecture, data, 1000)).toEqual({
      network: 4 * (3 * parameters + batch),
      host: 1000 + 4 * 5 * parameters,
    });
  });

  it('grows with the batch, by the same for every image, once it is larger than that of an evaluation', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...architectureNames),
        fc.integer({ min: 250, max: 5000 }),
        (name, batch) => {
          const architecture = buildArchitecture(name, { input, classes: 10 });
          const of = (batchSize: number) => trainingMemory(architecture, data, batchSize).network;
          expect(of(batch + 1) - of(batch)).toBe(of(1001) - of(1000));
          expect(of(batch + 1)).toBeGreaterThan(of(batch));
        },
      ),
      { numRuns: 15 },
    );
  });
});
