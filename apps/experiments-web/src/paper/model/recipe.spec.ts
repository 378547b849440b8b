import { parseTrainSpec } from '@moda/contracts';
import { describe, expect, it } from 'vitest';
import { isTrainedBy, type Recipe, recipeOf } from './recipe';

const recipe = (model: string, data: string, method: 'standard' | 'moda' | 'moda-'): Recipe => {
  const found = recipeOf(model, data, method);
  if (typeof found === 'string') throw new Error(found);
  return found;
};

describe('the recipe of a cell', () => {
  it('is a spec that the training service takes', () => {
    expect(parseTrainSpec(recipe('VGG16', 'CIFAR10', 'moda'))).toMatchObject({
      arch: 'vgg16',
      dataset: 'cifar10',
      epochs: 200,
      gamma: 0.3,
      learningRate: 0.05,
    });
  });

  it('without compactness has no weight for it', () => {
    expect(recipe('ResNet18', 'SVHN', 'moda-').gamma).toBe(0);
  });

  it.each([
    ['VGG16', 'CIFAR10', 'mwt', 'MwT is not built yet.'],
    ['VGG16', 'ImageNet100R', 'moda', 'ImageNet100R is not built yet as a data set of its own.'],
  ] as const)('of %s on %s by %s says why there is none', (model, data, method, reason) => {
    expect(recipeOf(model, data, method)).toBe(reason);
  });
});

describe('a run', () => {
  const moda = recipe('VGG16', 'CIFAR10', 'moda');
  const spec = (changes: Record<string, unknown> = {}) => parseTrainSpec({ ...moda, ...changes });

  it('matches whatever its seed, its data folder and its checkpoints are', () => {
    expect(isTrainedBy(moda, spec())).toBe(true);
    expect(isTrainedBy(moda, spec({ seed: 7, dataDir: '/data', checkpointEvery: 10 }))).toBe(true);
  });

  it.each([
    { epochs: 199 },
    { arch: 'resnet18' },
    { dataset: 'svhn' },
    { method: 'standard' },
    { gamma: 3 },
    { learningRate: 0.1 },
    { batchSize: 64 },
    { augment: false },
    { shuffle: false },
    { trainLimit: 100 },
    { maxSteps: 5 },
    { classes: ['3', '5'] },
    { init: 'weights.safetensors' },
  ])('does not match with %o', (changes) => {
    expect(isTrainedBy(moda, spec(changes))).toBe(false);
  });

  it('of the standard method matches whatever the weights of losses that it does not have', () => {
    const standard = recipe('VGG16', 'CIFAR10', 'standard');
    expect(isTrainedBy(standard, parseTrainSpec({ ...standard, gamma: 3 }))).toBe(true);
  });
});
