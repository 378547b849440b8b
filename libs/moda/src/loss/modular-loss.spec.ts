import { isModaError } from '@moda/contracts';
import { openTensorBackend, type Tensor, type TensorBackend } from '@moda/tensor-backend';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';

import { pseudoRandom } from '../testing/small-networks.js';
import { affinityLoss } from './affinity-loss.js';
import { compactnessLoss } from './compactness-loss.js';
import { dispersionLoss } from './dispersion-loss.js';
import { modularLoss, type ModularLossWeights, PAPER_WEIGHTS } from './modular-loss.js';

type Matrix = readonly (readonly number[])[];

/** The three terms of one layer by their definition: every pair, in float64. */
function termsByDefinition(activations: Matrix, labels: readonly number[]): [number, number, number] {
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, x, u) => sum + x * (b[u] ?? NaN), 0);
  const unit = activations.map((a) => a.map((x) => x / Math.max(Math.sqrt(dot(a, a)), 1e-12)));
  const same: number[] = [];
  const different: number[] = [];
  unit.forEach((a, i) => {
    unit.slice(0, i).forEach((b, j) => (labels[i] === labels[j] ? same : different).push(dot(a, b)));
  });
  const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
  return [
    same.length > 0 ? 1 - mean(same) : 0,
    different.length > 0 ? mean(different) : 0,
    mean(activations.flat().map(Math.abs)),
  ];
}

function totalByDefinition(
  layers: readonly Matrix[],
  labels: readonly number[],
  weights: ModularLossWeights,
): number {
  const perLayer = layers.map((layer) => termsByDefinition(layer, labels));
  return (
    perLayer.reduce((sum, [a, d, c]) => sum + weights.alpha * a + weights.beta * d + weights.gamma * c, 0) /
    layers.length
  );
}

/** Central differences of the definition with respect to one layer's activations. */
function gradientByDifferences(
  layers: readonly Matrix[],
  layer: number,
  labels: readonly number[],
  weights: ModularLossWeights,
): number[] {
  const step = 1e-5;
  const shifted = (sample: number, unit: number, by: number) =>
    layers.map((rows, l) =>
      rows.map((row, i) => row.map((x, u) => (l === layer && i === sample && u === unit ? x + by : x))),
    );
  return (layers[layer] ?? []).flatMap((row, i) =>
    row.map(
      (_, u) =>
        (totalByDefinition(shifted(i, u, step), labels, weights) -
          totalByDefinition(shifted(i, u, -step), labels, weights)) /
        (2 * step),
    ),
  );
}

/** The gradient of one layer's terms from every pair in turn, in float64. */
function gradientByPairs(layer: Matrix, labels: readonly number[], weights: ModularLossWeights): number[] {
  const norms = layer.map((row) => Math.hypot(...row));
  const unit = layer.map((row, i) => row.map((x) => x / (norms[i] ?? NaN)));
  const pairs = labels.flatMap((label, i) => labels.slice(0, i).map((other) => label === other));
  const same = pairs.filter(Boolean).length;
  return layer.flatMap((row, i) => {
    const pull = row.map(() => 0);
    unit.forEach((other, j) => {
      if (j === i) return;
      const weight = labels[i] === labels[j] ? -weights.alpha / same : weights.beta / (pairs.length - same);
      other.forEach((x, u) => (pull[u] = (pull[u] ?? NaN) + weight * x));
    });
    const own = unit[i] ?? [];
    const along = pull.reduce((sum, x, u) => sum + x * (own[u] ?? NaN), 0);
    const perUnit = weights.gamma / (layer.length * row.length);
    return pull.map((x, u) => (x - along * (own[u] ?? NaN)) / (norms[i] ?? NaN) + perUnit);
  });
}

/** A batch with two tracked layers of different widths; activations like a ReLU's: many exact zeros, else well above it. */
const batches = fc
  .record({
    samples: fc.integer({ min: 1, max: 7 }),
    widths: fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })),
  })
  .chain(({ samples, widths }) => {
    const value = fc.oneof(
      fc.constant(0),
      fc.integer({ min: 10, max: 300 }).map((hundredths) => hundredths / 100),
    );
    const matrix = (units: number) =>
      fc.array(fc.array(value, { minLength: units, maxLength: units }), {
        minLength: samples,
        maxLength: samples,
      });
    return fc.record({
      labels: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: samples, maxLength: samples }),
      layers: fc.tuple(matrix(widths[0]), matrix(widths[1])),
    });
  });

let backend: TensorBackend;

function tensorOf(matrix: Matrix): Tensor {
  return backend.tf.tensor2d(
    matrix.map((row) => [...row]),
    [matrix.length, matrix[0]?.length ?? 0],
  );
}

function evaluate(layers: readonly Matrix[], labels: readonly number[], weights = PAPER_WEIGHTS) {
  const activations = layers.map(tensorOf);
  const result = modularLoss(weights).evaluate(backend, activations, Int32Array.from(labels), 10);
  const terms = Array.from(result.terms.dataSync());
  const gradients = result.gradients.map((gradient) => Array.from(gradient.dataSync()));
  expect(result.terms.shape).toEqual([3, layers.length]);
  backend.tf.dispose([...activations, result.terms, ...result.gradients]);
  return { terms, gradients };
}

function expectClose(actual: readonly number[], expected: readonly number[], tolerance: number) {
  expect(actual.length).toBe(expected.length);
  const worst = Math.max(...actual.map((x, i) => Math.abs(x - (expected[i] ?? NaN))));
  expect(worst).toBeLessThan(tolerance);
}

describe.each([
  { on: 'the default backend', options: {} },
  { on: 'the portable operators', options: { implementation: 'portable' as const } },
])('on $on', ({ options }) => {
  beforeAll(async () => {
    backend = await openTensorBackend(options);
  });

  describe('the modular loss', () => {
    it('has, per layer, the terms of the definition over all pairs of the batch', () => {
      fc.assert(
        fc.property(batches, ({ layers, labels }) => {
          const perLayer = layers.map((layer) => termsByDefinition(layer, labels));
          const expected = [0, 1, 2].flatMap((term) => perLayer.map((terms) => terms[term] ?? NaN));
          expectClose(evaluate(layers, labels).terms, expected, 1e-5);
        }),
        { numRuns: 60 },
      );
    });

    it('has the gradient that finite differences of the definition give, wherever a unit of a live sample is active', () => {
      const weights = { alpha: 0.7, beta: 1.3, gamma: 0.4 };
      fc.assert(
        fc.property(batches, ({ layers, labels }) => {
          const { gradients } = evaluate(layers, labels, weights);
          layers.forEach((layer, l) => {
            const expected = gradientByDifferences(layers, l, labels, weights);
            const seen = layer
              .flat()
              .map((activation, i) => (activation > 0 ? (gradients[l]?.[i] ?? NaN) : 0));
            expectClose(
              seen,
              layer.flat().map((activation, i) => (activation > 0 ? (expected[i] ?? NaN) : 0)),
              2e-4,
            );
          });
        }),
        { numRuns: 40 },
      );
    });

    it('has the gradient of finite differences also for inactive units of a sample that is not all zero', () => {
      const layers = [
        [
          [1, 0, 0.5],
          [0.25, 2, 0],
          [0, 0, 3],
          [1, 1, 1],
        ],
      ];
      const labels = [0, 1, 0, 1];
      const weights = { alpha: 1, beta: 0.5, gamma: 0 };
      const { gradients } = evaluate(layers, labels, weights);
      expectClose(gradients[0] ?? [], gradientByDifferences(layers, 0, labels, weights), 1e-4);
    });

    it.each([
      { batch: 'of one sample', labels: [3], affinity: 0, dispersion: 0 },
      { batch: 'whose labels all differ', labels: [0, 1, 2], affinity: 0, dispersion: 1 },
      { batch: 'of one class', labels: [5, 5, 5], affinity: 0, dispersion: 0 },
    ])(
      'is finite on a batch $batch, a missing kind of pair counting 0',
      ({ labels, affinity, dispersion }) => {
        const layer = labels.map(() => [2, 1]);
        const { terms, gradients } = evaluate([layer], labels, { alpha: 1, beta: 1, gamma: 0 });
        expectClose(terms, [affinity, dispersion, 1.5], 1e-6);
        expectClose(
          gradients[0] ?? [],
          layer.flat().map(() => 0),
          1e-6,
        );
      },
    );

    it('lets an all-zero sample count as unlike every other and pulls it nowhere but down', () => {
      const layer = [
        [0, 0],
        [1, 0],
        [1, 0],
      ];
      const { terms, gradients } = evaluate([layer], [0, 0, 1], { alpha: 1, beta: 1, gamma: 0.6 });
      expectClose(terms, [1, 0.5, 1 / 3], 1e-6);
      expectClose((gradients[0] ?? []).slice(0, 2), [0.1, 0.1], 1e-6);
      const dead = evaluate(
        [
          [
            [0, 0],
            [0, 0],
          ],
        ],
        [1, 1],
        PAPER_WEIGHTS,
      );
      expectClose(dead.terms, [1, 0, 0], 1e-6);
      expect(dead.gradients.flat().every(Number.isFinite)).toBe(true);
    });

    it('does not see the scale of activations, compactness apart', () => {
      const layer = [
        [1e-4, 3e-4],
        [2e-4, 1e-4],
        [5e-4, 0],
      ];
      const small = evaluate([layer], [0, 1, 0]).terms;
      const large = evaluate([layer.map((row) => row.map((x) => x * 1e6))], [0, 1, 0]).terms;
      expectClose(small.slice(0, 2), large.slice(0, 2), 1e-5);
      expect((large[2] ?? 0) / (small[2] ?? 0)).toBeCloseTo(1e6, -2);
    });

    it('has the exact gradient to float32 rounding for a layer of usual size', () => {
      const { alpha, beta, gamma } = PAPER_WEIGHTS;
      const next = pseudoRandom(11);
      const layer = Array.from({ length: 32 }, () =>
        Array.from({ length: 256 }, () => Math.max(0, next() - 0.3)),
      );
      const labels = layer.map((_, sample) => (sample * 7) % 5);
      const expected = gradientByPairs(layer, labels, { alpha, beta, gamma });
      const measured = evaluate([layer], labels, PAPER_WEIGHTS).gradients[0] ?? [];
      const distance = Math.hypot(...expected.map((value, i) => value - (measured[i] ?? NaN)));
      expect(distance / Math.hypot(...expected)).toBeLessThan(5e-6);
    });

    it('holds on to no tensor', () => {
      const activations = [
        tensorOf([
          [1, 0],
          [0, 2],
        ]),
        tensorOf([[1], [3]]),
      ];
      const before = backend.tensorCount();
      const { terms, gradients } = modularLoss(PAPER_WEIGHTS).evaluate(
        backend,
        activations,
        Int32Array.of(0, 1),
        2,
      );
      expect(backend.tensorCount() - before).toBe(1 + activations.length);
      backend.tf.dispose([terms, ...gradients, ...activations]);
    });

    it('says so when a network has no tracked layer', () => {
      let caught: unknown;
      try {
        modularLoss(PAPER_WEIGHTS).evaluate(backend, [], Int32Array.of(0, 1), 2);
      } catch (error) {
        caught = error;
      }
      expect(isModaError(caught) && [caught.code, caught.message]).toEqual([
        'ARCHITECTURE_INVALID',
        'The network has no tracked ReLU, which modular training needs; mark at least one ReLU as tracked.',
      ]);
    });
  });

  describe('each term on its own', () => {
    it('is the corresponding term of the modular loss', () => {
      fc.assert(
        fc.property(batches, ({ layers, labels }) => {
          const activations = tensorOf(layers[0]);
          const before = backend.tensorCount();
          const terms = [
            affinityLoss(backend, activations, labels),
            dispersionLoss(backend, activations, labels),
            compactnessLoss(backend, activations),
          ];
          expect(backend.tensorCount() - before).toBe(3);
          expectClose(
            terms.map((term) => term.dataSync()[0] ?? NaN),
            termsByDefinition(layers[0], labels),
            1e-5,
          );
          backend.tf.dispose([...terms, activations]);
        }),
        { numRuns: 40 },
      );
    });
  });
});
