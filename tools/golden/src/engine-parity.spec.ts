import {
  analyzeModules,
  type ActivationRates,
  countActivations,
  cutNetwork,
  masksAt,
  modularLoss,
  unionMasks,
} from '@moda/moda';
import {
  type Architecture,
  buildArchitecture,
  countFlops,
  countParameters,
  type DeviceModel,
  fromPytorchLayout,
  type HostTensor,
  type Network,
  openModel,
  tensorsToPytorchLayout,
  toPytorchLayout,
  trackedLayers,
} from '@moda/nn';
import { openTensorBackend, type Tensor4D, type TensorBackend } from '@moda/tensor-backend';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Batch, ComposedCase, Fixture, LossCase, Losses } from './fixture.js';
import { fixtureNames } from './fixture.js';
import { differenceFrom, imagesOf, stateOf } from './fixture-state.js';
import { loadFixture } from './load-fixture.js';
import { artificialMask, countsOfDigits, unitsOfHex } from './masks.js';

let backend: TensorBackend;
beforeAll(async () => {
  backend = await openTensorBackend();
});

describe.each(fixtureNames)('%s, against PyTorch', (name) => {
  const fixture = loadFixture(name);
  const { height, width, certificate } = fixture;
  const { tolerances } = certificate;
  const architecture = buildArchitecture(fixture.architecture, {
    input: { height, width, channels: 3 },
    classes: fixture.classes,
  });
  const network = networkOf(fixture, architecture);
  const loss = modularLoss(fixture);

  it('has its parameters and multiply-adds', () => {
    expect(countParameters(architecture)).toBe(fixture.parameters);
    expect(countFlops(architecture)).toBe(fixture.multiplyAdds);
  });

  it('gives its logits in inference', () => {
    const { logits } = fixture.inference;
    expect(largestDifference(logitsOf(fixture, network, fixture.inference), logits)).toBeLessThan(
      relative(tolerances.logits),
    );
  });

  it.each(fixture.losses)('gives its losses, per layer too, on a batch with $purpose classes', (expected) => {
    const { losses } = lossesAndGradients(fixture, network, expected);
    checkLosses(losses, expected, relative(tolerances.losses));
    const perLayer = expected.layers.map(({ affinity, dispersion, compactness }) => [
      affinity,
      dispersion,
      compactness,
    ]);
    const measured = perLayer.map((_, layer) => losses.terms.map((term) => term.perLayer[layer] ?? NaN));
    for (const [layer, values] of measured.entries()) {
      for (const [term, value] of values.entries()) {
        expect(Math.abs(value - (perLayer[layer]?.[term] ?? NaN))).toBeLessThan(1e-5);
      }
    }
  });

  it('gives the gradient of every parameter', () => {
    const mixed = fixture.losses.find(({ purpose }) => purpose === 'mixed') as LossCase;
    const { gradients } = lossesAndGradients(fixture, network, mixed);
    const laidOut = tensorsToPytorchLayout(architecture, gradients);
    expect(laidOut.size).toBe(fixture.gradients.tensors.length);
    for (const expected of fixture.gradients.tensors) {
      const measured = laidOut.get(expected.name)?.data ?? [];
      const limit = expected.vanishes ? tolerances.vanishing.absolute : tolerances.gradients.relative;
      expect(differenceFrom(expected, measured, mixed.gradientNorm), expected.name).toBeLessThan(limit ?? 0);
    }
  });

  it('comes to its weights and running statistics after three steps with momentum', () => {
    const { learningRate, momentum, steps, state } = fixture.training;
    const trained = withModel(network, (model) => {
      for (const step of steps) {
        const losses = withImages(fixture, step, (images) =>
          model.trainStep(images, Int32Array.from(step.labels), loss, { learningRate, momentum }),
        );
        // Steps after the first start from weights that agree only to the tolerance of the weights.
        checkLosses(losses, step, 10 * relative(tolerances.losses));
      }
      return model.toNetwork();
    });
    const laidOut = toPytorchLayout(trained);
    for (const expected of state) {
      const difference = differenceFrom(expected, laidOut.get(expected.name)?.data ?? []);
      expect(difference, expected.name).toBeLessThan(relative(tolerances.state));
      // At these small rates the weights' own norm would hide a missing step: the change is held against itself, but for
      // the rounding of the weights to float32 after each step. Five times a gradient's tolerance, since three of them and a
      // ReLU that rounding switches in the second or third step add up.
      const rounding = 1.5e-7 * expected.norm;
      expect(difference * expected.norm, `change of ${expected.name}`).toBeLessThan(
        5 * relative(tolerances.gradients) * (expected.moved ?? NaN) + rounding,
      );
    }
  });

  it('counts the same activations and cuts the same masks, borderline units and ties aside', () => {
    const rates = measuredRates(fixture, network);
    const borderline = new Set(fixture.activation.borderline.map(([layer, unit]) => `${layer}:${unit}`));
    expect([...rates.samples]).toEqual(fixture.activation.samples);
    const differing = fixture.activation.counts.flatMap((layers, label) =>
      layers.flatMap((digits, layer) => {
        const units = fixture.activation.units[layer] ?? 0;
        const counts = rates.layers[layer]?.counts ?? new Uint32Array();
        return countsOfDigits(digits).flatMap((count, unit) =>
          counts[label * units + unit] === count ? [] : [`${layer}:${unit}`],
        );
      }),
    );
    expect(differing.filter((unit) => !borderline.has(unit))).toEqual([]);
    for (const { tau, kept, floor } of fixture.masks) {
      // From the fixture's own counts, so that a borderline unit cannot excuse a wrong rule.
      const masks = masksAt(ratesOf(fixture, architecture), tau);
      expect(masks.kept).toEqual(kept.map((layers) => layers.map(unitsOfHex)));
      expect(masks.floorHits).toHaveLength(floor.length);
    }
  });

  it('has modules of its sizes and overlaps', () => {
    const { tau, parameters, meanSize, overlap } = fixture.modules;
    const analysis = analyzeModules(network, ratesOf(fixture, architecture), tau);
    expect(analysis.modules.map((module) => module.parameters)).toEqual(parameters);
    expect(analysis.meanShare).toBeCloseTo(meanSize, 12);
    expect(analysis.meanOverlap).toBeCloseTo(overlap.meanOfParameters, 12);
    expect(analysis.meanStateOverlap).toBeCloseTo(overlap.meanOfState, 12);
  });

  it.each(fixture.composed)('composes classes $classes at tau $tau to its logits', (expected) => {
    const masks = masksAt(ratesOf(fixture, architecture), expected.tau);
    checkComposed(expected, unionMasks(masks, expected.classes));
  });

  it.each(fixture.artificial?.cases ?? [])(
    'composes classes $classes from $masks masks that differ across additions and depthwise layers',
    (expected) => {
      const units = trackedLayers(architecture).map(({ channels }) => channels.of);
      const keep = fixture.artificial?.keep ?? 0;
      const own = expected.classes.map((label) =>
        units.map((count, layer) => artificialMask(label, layer, count, keep)),
      );
      const kept = units.map((count, layer) => {
        if (expected.masks === 'disjoint' && layer === expected.even) return every(2, 0, count);
        if (expected.masks === 'disjoint' && layer === expected.odd) return every(2, 1, count);
        return [...new Set(own.flatMap((mask) => mask[layer] ?? []))].sort((a, b) => a - b);
      });
      checkComposed(expected, kept);
    },
  );

  function checkComposed(expected: ComposedCase, kept: readonly (readonly number[])[]): void {
    const composed = cutNetwork(network, { kept, classes: expected.classes });
    expect(countParameters(composed.architecture)).toBe(expected.parameters);
    expect(countFlops(composed.architecture)).toBe(expected.multiplyAdds);
    const labels = fixture.inference.labels.slice(0, expected.count);
    const logits = logitsOf(fixture, composed, { images: expected.images, labels });
    expect(largestDifference(logits, expected.logits)).toBeLessThan(relative(tolerances.logits));
  }

  function lossesAndGradients(of: Fixture, start: Network, batch: Batch) {
    const gradients = new Map<string, HostTensor>();
    const losses = withModel(start, (model) =>
      withImages(of, batch, (images) =>
        model.lossesAndGradients(images, Int32Array.from(batch.labels), loss, (parameter, gradient) => {
          gradients.set(parameter, { shape: gradient.shape, data: Float32Array.from(gradient.dataSync()) });
          gradient.dispose();
        }),
      ),
    );
    return { losses, gradients };
  }
});

function networkOf(fixture: Fixture, architecture: Architecture): Network {
  const tensors = [...stateOf(fixture)].map(
    ([name, { shape, values }]) => [name, { shape, data: values }] as const,
  );
  return fromPytorchLayout(architecture, new Map(tensors));
}

function withModel<T>(network: Network, use: (model: DeviceModel) => T): T {
  const model = openModel(backend, network);
  try {
    return use(model);
  } finally {
    model.dispose();
  }
}

/** The fixture's images, from PyTorch's channels first to channels last. */
function withImages<T>(fixture: Fixture, batch: Batch, use: (images: Tensor4D) => T): T {
  const { height, width } = fixture;
  const images = backend.tf.tidy(() =>
    backend.tf.transpose(
      backend.tf.tensor4d(imagesOf(fixture, batch), [batch.labels.length, 3, height, width]),
      [0, 2, 3, 1],
    ),
  );
  try {
    return use(images);
  } finally {
    images.dispose();
  }
}

function logitsOf(fixture: Fixture, network: Network, batch: Batch): number[][] {
  return withModel(network, (model) =>
    withImages(fixture, batch, (images) => {
      const logits = model.predict(images);
      const values = logits.arraySync() as number[][];
      logits.dispose();
      return values;
    }),
  );
}

function measuredRates(fixture: Fixture, network: Network): ActivationRates {
  const counter = countActivations(backend, trackedLayers(network.architecture), fixture.classes);
  const { labels } = fixture.activation;
  withModel(network, (model) =>
    withImages(fixture, fixture.activation, (images) => {
      const activations = model.unitActivations(images);
      counter.add(activations, labels);
      for (const activation of activations) activation.dispose();
    }),
  );
  const rates = counter.rates();
  counter.dispose();
  return rates;
}

function ratesOf(fixture: Fixture, architecture: Architecture): ActivationRates {
  const { counts, samples } = fixture.activation;
  return {
    samples: Uint32Array.from(samples),
    layers: trackedLayers(architecture).map(({ name, channels }, layer) => ({
      name,
      units: channels.of,
      counts: Uint32Array.from(counts.flatMap((layers) => countsOfDigits(layers[layer] ?? ''))),
    })),
  };
}

interface MeasuredLosses {
  readonly crossEntropy: number;
  readonly total: number;
  readonly terms: readonly { readonly name: string; readonly mean: number }[];
}

function checkLosses(measured: MeasuredLosses, expected: Losses, tolerance: number): void {
  const terms = Object.fromEntries(measured.terms.map(({ name, mean }) => [name, mean]));
  const pairs: [string, number | undefined, number][] = [
    ['crossEntropy', measured.crossEntropy, expected.crossEntropy],
    ['affinity', terms['affinity'], expected.affinity],
    ['dispersion', terms['dispersion'], expected.dispersion],
    ['compactness', terms['compactness'], expected.compactness],
    ['total', measured.total, expected.total],
  ];
  for (const [term, value = NaN, reference] of pairs) {
    expect(Math.abs(value - reference), term).toBeLessThanOrEqual(
      tolerance * Math.max(Math.abs(reference), 1),
    );
  }
}

/** Largest difference over the largest magnitude. */
function largestDifference(measured: number[][], expected: readonly (readonly number[])[]): number {
  const scale = Math.max(...expected.flat().map(Math.abs));
  expect(measured.map((row) => row.length)).toEqual(expected.map((row) => row.length));
  return (
    Math.max(
      ...expected.flatMap((row, i) => row.map((value, j) => Math.abs(value - (measured[i]?.[j] ?? NaN)))),
    ) / scale
  );
}

function relative(tolerance: { readonly relative?: number }): number {
  return tolerance.relative ?? 0;
}

function every(step: number, from: number, count: number): number[] {
  return Array.from({ length: Math.ceil((count - from) / step) }, (_, i) => from + i * step);
}
