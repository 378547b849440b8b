import { trainSpecSchema } from '@moda/contracts';
import { expect, it } from 'vitest';
import { specItems, specOrder } from './spec-items';

it('the order of settings is that of the schema', () => {
  expect(specOrder).toEqual(Object.keys(trainSpecSchema.shape));
});

it('settings of a spec come in that order, others after them', () => {
  expect(specItems({ tau: 0.9, seed: 7, arch: 'lenet5' }).map(({ name }) => name)).toEqual([
    'Network',
    'Seed',
    'Threshold (tau)',
  ]);
});
