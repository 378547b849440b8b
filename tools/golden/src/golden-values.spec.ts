import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  artificialMask,
  countSketch,
  countsOfDigits,
  differenceFrom,
  fixtureNames,
  fmix32,
  fnv1a32,
  formulaTensor,
  imagesOf,
  loadConventions,
  loadFixture,
  norm,
  relativeDifference,
  stateOf,
  unionOfMasks,
  unitInterval,
  unitsOfHex,
  weightFormula,
} from './index.js';

describe('hashes', () => {
  it('agree with the published values of FNV-1a', () => {
    expect(fnv1a32('')).toBe(0x811c9dc5);
    expect(fnv1a32('a')).toBe(0xe40c292c);
    expect(fnv1a32('foobar')).toBe(0xbf9cf968);
  });

  it("leave zero alone and mix one as MurmurHash3's finaliser does", () => {
    expect(fmix32(0)).toBe(0);
    expect(fmix32(1)).toBe(0x514e28b7);
  });
});

describe('formula tensors', () => {
  it.each(fixtureNames)('%s: weights and images equal those that Python made, bit for bit', (name) => {
    const fixture = loadFixture(name);
    const specs = new Map(fixture.tensors.map((spec) => [spec.name, spec]));
    for (const check of fixture.checks.tensors) {
      const spec = specs.get(check.name)!;
      const values = formulaTensor(spec.name, spec.shape, spec);
      expect(Array.from(values.subarray(0, check.first.length))).toEqual(check.first);
    }
    const images = imagesOf(fixture, fixture.inference);
    expect(Array.from(images.subarray(0, 5))).toEqual(fixture.checks.images.first);
    expect(Array.from(images.subarray(-5))).toEqual(fixture.checks.images.last);
  });

  it.each(fixtureNames)('%s: the sketch of a tensor equals the one that Python made', (name) => {
    const { checks, tensors } = loadFixture(name);
    const spec = tensors.find((tensor) => tensor.name === checks.sketch.of)!;
    const sketch = countSketch(spec.name, formulaTensor(spec.name, spec.shape, spec));
    expect(relativeDifference(sketch, checks.sketch.values)).toBeLessThan(1e-15);
  });

  it.each(fixtureNames)('%s: weights have the stated scale, sqrt(6 / fan_in)', (name) => {
    const weights = loadFixture(name).tensors.filter((tensor) => tensor.kind === 'weight');
    expect(weights.length).toBeGreaterThan(4);
    for (const { shape, offset, scale } of weights) expect({ offset, scale }).toEqual(weightFormula(shape));
  });

  it('lie in the interval that offset and scale give', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 300 }), (name, size) => {
        const values = formulaTensor(name, [size], { offset: 2, scale: 0.5 });
        expect(values.every((value) => value >= 1.5 && value <= 2.5)).toBe(true);
      }),
    );
  });

  it('are spread evenly', () => {
    const values = Array.from({ length: 4096 }, (_, i) => unitInterval('spread', i));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean).toBeCloseTo(0.5, 1);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
  });
});

describe('count sketch', () => {
  const vectors = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 50 });

  it('is linear', () => {
    fc.assert(
      fc.property(vectors, fc.double({ min: -3, max: 3, noNaN: true }), (values, factor) => {
        const scaled = countSketch('x', values.map((value) => value * factor)); // prettier-ignore
        const sketch = countSketch('x', values);
        const worst = Math.max(...sketch.map((value, b) => Math.abs(scaled[b]! - value * factor)));
        expect(worst).toBeLessThan(1e-9);
      }),
    );
  });

  it('keeps the norm of a single element exactly', () => {
    fc.assert(
      fc.property(fc.nat({ max: 999 }), (position) => {
        const values = new Float64Array(1000);
        values[position] = -2;
        expect(norm(countSketch('one', values))).toBe(2);
      }),
    );
  });

  it('estimates the distance of two long vectors within a third', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const a = formulaTensor(`${name}:a`, [5000], { offset: 0, scale: 1 });
        const b = a.map((value, i) => value + 0.001 * (unitInterval(`${name}:b`, i) - 0.5));
        const exact = relativeDifference(b, a);
        const estimate = relativeDifference(countSketch('far', b), countSketch('far', a));
        expect(Math.abs(estimate / exact - 1)).toBeLessThan(1 / 3);
      }),
      { numRuns: 5, seed: 20_260 },
    );
  });

  it('differs from name to name', () => {
    const values = [1, 2, 3];
    expect(countSketch('a', values)).not.toEqual(countSketch('b', values));
  });
});

describe('relative difference', () => {
  it('is the norm of the difference over the norm of what was expected', () => {
    expect(relativeDifference([3, 4], [3, 3])).toBeCloseTo(1 / Math.sqrt(18), 12);
    expect(relativeDifference([0, 0], [0, 0])).toBe(0);
    expect(relativeDifference([1], [0])).toBe(Infinity);
  });

  it('does not hide what is not a number', () => {
    expect(relativeDifference([Number.NaN, 1], [1, 1])).toBeNaN();
  });

  it('refuses tensors of different lengths', () => {
    expect(() => relativeDifference([1], [1, 2])).toThrow('1 values cannot be compared with 2.');
  });
});

describe('masks', () => {
  it('read hexadecimal digits from the lowest bit', () => {
    expect(unitsOfHex('18f')).toEqual([0, 7, 8, 9, 10, 11]);
    expect(countsOfDigits('079')).toEqual([0, 7, 9]);
  });

  it('unite per layer', () => {
    expect(unionOfMasks([[[0, 2], [1]], [[2, 3], [0]]])).toEqual([[0, 2, 3], [0, 1]]); // prettier-ignore
  });

  it('by formula keep about the wanted share and are never empty', () => {
    const kept = artificialMask(3, 5, 1000, 0.6);
    expect(kept.length / 1000).toBeCloseTo(0.6, 1);
    expect(artificialMask(3, 5, 1000, 0)).toEqual([0]);
  });
});

describe('fixtures', () => {
  it.each(fixtureNames)('%s: counts at tau give the masks, the floor aside', (name) => {
    const { activation, masks } = loadFixture(name);
    for (const { tau, kept, floor } of masks) {
      const floored = new Set(floor.map((hit) => `${hit.class}:${hit.layer}`));
      kept.forEach((layers, label) =>
        layers.forEach((mask, layer) => {
          const units = unitsOfHex(mask);
          if (floored.has(`${label}:${layer}`)) return;
          const counts = countsOfDigits(activation.counts[label]![layer]!);
          const expected = counts.flatMap((n, unit) => (n / activation.samples[label]! >= tau ? [unit] : []));
          expect(units).toEqual(expected);
        }),
      );
      for (const hit of floor) expect(unitsOfHex(kept[hit.class]![hit.layer]!)).toHaveLength(hit.took);
    }
  });

  it.each(fixtureNames)('%s: masks differ between classes, and the floor acts somewhere only', (name) => {
    const { masks, activation, classes } = loadFixture(name);
    const [strict] = masks;
    expect(strict!.kept.every((layers) => layers.join() !== strict!.kept[0]!.join())).toBe(false);
    expect(new Set(strict!.kept.map((layers) => layers.join())).size).toBe(classes);
    expect(strict!.floor.length).toBeGreaterThan(0);
    expect(strict!.floor.length).toBeLessThan(activation.units.length * classes * 0.2);
  });

  it.each(fixtureNames)('%s: losses add up, and terms without pairs are 0', (name) => {
    const { losses, alpha, beta, gamma } = loadFixture(name);
    for (const { purpose, crossEntropy, affinity, dispersion, compactness, total } of losses) {
      expect(total).toBeCloseTo(
        crossEntropy + alpha * affinity + beta * dispersion + gamma * compactness,
        10,
      );
      expect(affinity === 0).toBe(purpose === 'distinct');
      expect(dispersion === 0).toBe(purpose === 'single');
    }
  });

  it.each(fixtureNames)('%s: PyTorch in float32 is well within every tolerance of its float64', (name) => {
    const { certificate, gradients, training, inference } = loadFixture(name);
    const { logits, gradients: gradient, state } = certificate.tolerances;
    const worst = (tensors: readonly { readonly float32?: number }[]) =>
      Math.max(...tensors.map(({ float32 = 0 }) => float32));
    expect(inference.float32).toBeLessThan(logits.relative! / 4);
    expect(worst(gradients.tensors)).toBeLessThan(gradient.relative! / 4);
    expect(worst(training.state)).toBeLessThan(state.relative! / 4);
  });

  it.each(fixtureNames)('%s: whole and composed networks tell images apart', (name) => {
    const { inference, composed } = loadFixture(name);
    for (const { logits } of [inference, ...composed]) {
      const scale = Math.max(...logits.flat().map(Math.abs));
      const spreads = (logits[0] ?? []).map((_, output) => {
        const column = logits.map((row) => row[output]!);
        return Math.max(...column) - Math.min(...column);
      });
      expect(Math.max(...spreads) / scale).toBeGreaterThan(1e-3);
    }
  });

  it('compare a state with its digests, whole or by sketch', () => {
    const fixture = loadFixture('lenet5');
    const state = stateOf(fixture);
    const measured = fixture.training.state.map((digest) =>
      differenceFrom(digest, state.get(digest.name)!.values),
    );
    expect(Math.max(...measured)).toBeGreaterThan(1e-3);
    expect(Math.max(...measured)).toBeLessThan(2);
    expect(() => differenceFrom(fixture.training.state[0]!, [1])).toThrow(
      'has 1 values; the fixture has 450',
    );
  });

  it('carry the small conventions', () => {
    const { schedule, nesterov } = loadConventions();
    for (const { epoch, rate } of schedule.rates) {
      expect(rate).toBeCloseTo((schedule.base / 2) * (1 + Math.cos((Math.PI * epoch) / schedule.epochs)), 12);
    }
    const [g] = nesterov.gradients;
    const first = nesterov.start.map((p, i) => p - nesterov.learningRate * (1 + nesterov.momentum) * g![i]!);
    first.forEach((value, i) => expect(value).toBeCloseTo(nesterov.after[0]![i]!, 12));
  });
});
