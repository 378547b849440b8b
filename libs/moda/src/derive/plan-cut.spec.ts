import {
  packageDigest,
  parseManifest,
  parsePackage,
  serialiseManifest,
  serialisePackage,
  sha256,
} from '@moda/module-format';
import { countFlops, countParameters, parseArchitecture } from '@moda/nn/graph';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { composeModule } from '../compose/compose-module.js';
import { choicesOf } from '../testing/arbitrary-rates.js';
import { smallNetwork } from '../testing/small-networks.js';
import { digestOf, published, publishedModels } from '../testing/whole-model.js';
import { derivedPackage } from './derived-package.js';
import { planCut, type WholeModel } from './plan-cut.js';

const { whole, network, rates } = published(
  smallNetwork({ blocks: ['plain'], tail: 'globalPool', channels: 4, classes: 3, seed: 1 }),
  3,
);
const cuts = publishedModels.chain((model) =>
  fc.record({ model: fc.constant(model), choice: choicesOf(model.rates.samples.length) }),
);

describe('planning a cut', () => {
  it('gives the network that composing gives, its sizes and a valid, canonical manifest', () => {
    fc.assert(
      fc.property(cuts, ({ model, choice }) => {
        const plan = planCut(model.whole, choice);
        const { architecture } = composeModule(model.network, model.rates, choice.tau, choice.classes);
        expect(plan.architecture).toEqual(architecture);
        expect(plan.parameters).toBe(countParameters(architecture));
        expect(plan.flops).toBe(countFlops(architecture));
        expect(serialiseManifest(plan.manifest)).toBe(plan.manifestText);
        const read = parseManifest(plan.manifestText);
        expect(parseArchitecture(read.architecture)).toEqual(architecture);
        expect(read.classes.map(({ index }) => index)).toEqual([...plan.derivation.classes.keys()]);
      }),
      { numRuns: 30 },
    );
  });

  it('is the same whatever the order of the classes and however often one is named', () => {
    const plan = planCut(whole, { classes: [0, 2], tau: 0.5 });
    expect(planCut(whole, { classes: [2, 0, 2], tau: 0.5 })).toEqual(plan);
    expect(plan.derivation).toEqual({
      method: 'cut/1',
      parent: digestOf('a'),
      rates: digestOf('b'),
      classes: [0, 2],
      tau: 0.5,
    });
  });

  it('is another for another parent, other rates, other classes or another tau', () => {
    const choice = { classes: [0, 2], tau: 0.5 };
    const others = [
      planCut({ ...whole, digest: digestOf('c') }, choice),
      planCut({ ...whole, ratesDigest: digestOf('c') }, choice),
      planCut(whole, { classes: [0, 1], tau: 0.5 }),
      planCut(whole, { classes: [0, 2], tau: 0.25 }),
    ];
    const digests = [planCut(whole, choice), ...others].map(({ derivationDigest }) => derivationDigest);
    expect(new Set(digests).size).toBe(5);
  });

  it('leaves the digest of its package to nothing but the weights', () => {
    const plan = planCut(whole, { classes: [1], tau: 0.5 });
    const manifest = derivedPackage(plan, { digest: digestOf('d') });
    const text = new TextEncoder().encode(plan.manifestText);
    expect(manifest).toEqual({
      formatVersion: 1,
      files: [
        { path: 'module.json', digest: sha256(text), sizeBytes: text.length },
        { path: 'weights.safetensors', digest: digestOf('d'), sizeBytes: plan.weightsBytes },
      ],
      derivation: plan.derivation,
    });
    expect(parsePackage(serialisePackage(manifest))).toEqual(manifest);
    expect(packageDigest(manifest)).toBe(
      packageDigest(derivedPackage(planCut(whole, { classes: [1], tau: 0.5 }), { digest: digestOf('d') })),
    );
  });
});

describe('a cut that cannot be', () => {
  const refusal = (model: Partial<WholeModel>, classes = [0], tau = 0.5) => {
    try {
      planCut({ ...whole, ...model }, { classes, tau });
    } catch (error) {
      const { code, message } = error as { code: string; message: string };
      return [code, message];
    }
    throw new Error('was planned');
  };
  const withTensors = (
    change: (
      tensors: Map<string, WholeModel['weights']['tensors'] extends ReadonlyMap<string, infer T> ? T : never>,
    ) => void,
  ) => {
    const tensors = new Map(whole.weights.tensors);
    change(tensors);
    return { weights: { ...whole.weights, tensors } };
  };
  const advice = 'check that the weights are of architecture "small" with the same input and classes.';

  it('is refused for classes and thresholds that there are not', () => {
    expect(refusal({}, [])).toEqual(['USAGE', 'No class is given; name at least one class to keep.']);
    expect(refusal({}, [1, 3])).toEqual([
      'CLASS_UNKNOWN',
      'There is no class 3; the model has classes 0 to 2.',
    ]);
    expect(refusal({}, [0.5])[0]).toBe('CLASS_UNKNOWN');
    expect(refusal({}, [-1])[0]).toBe('CLASS_UNKNOWN');
    expect(refusal({}, [NaN])[0]).toBe('CLASS_UNKNOWN');
    expect(refusal({}, [0], 1.5)[0]).toBe('USAGE');
  });

  it('is refused for rates of another network', () => {
    const other = [
      'RATES_INVALID',
      'The activation rates belong to another network; decompose the model again.',
    ];
    expect(refusal({ rates: { ...rates, layers: rates.layers.slice(1) } })).toEqual(other);
    expect(refusal({ rates: { ...rates, layers: [...rates.layers].reverse() } })).toEqual(other);
    expect(refusal({ rates: { ...rates, samples: Uint32Array.of(1) } })).toEqual(other);
    const [first, ...rest] = rates.layers;
    expect(refusal({ rates: { ...rates, layers: [{ ...first!, units: 99 }, ...rest] } })).toEqual(other);
  });

  it('is refused for weights that are not those of the architecture', () => {
    const name = 'fc1/kernel';
    const entry = whole.weights.tensors.get(name)!;
    expect(refusal(withTensors((tensors) => tensors.delete(name)))).toEqual([
      'PARAMETER_MISMATCH',
      `Tensor "fc1/kernel" is missing; ${advice}`,
    ]);
    expect(refusal(withTensors((tensors) => tensors.set(name, { ...entry, dtype: 'F16' })))).toEqual([
      'PARAMETER_MISMATCH',
      `Tensor "fc1/kernel" is of type F16, not F32; ${advice}`,
    ]);
    expect(refusal(withTensors((tensors) => tensors.set(name, { ...entry, shape: [5, 4] })))).toEqual([
      'PARAMETER_MISMATCH',
      `Tensor "fc1/kernel" has shape [5, 4], not [4, 5]; ${advice}`,
    ]);
    expect(refusal(withTensors((tensors) => tensors.set('x', entry)))).toEqual([
      'PARAMETER_MISMATCH',
      `Tensor "x" belongs to no operator; ${advice}`,
    ]);
  });

  it('is refused for a model that is itself cut, or that names other classes than it has', () => {
    const { architecture } = composeModule(network, rates, 0.5, [0, 1]);
    expect(refusal({ architecture })).toEqual([
      'MODEL_INVALID',
      'The model has 2 of the 3 classes of another one; cut the whole one instead.',
    ]);
    const manifest = { ...whole.manifest, classes: whole.manifest.classes.slice(1) };
    expect(refusal({ manifest })).toEqual([
      'MODEL_INVALID',
      'The model names 2 classes, but its network has 3 outputs.',
    ]);
  });
});
