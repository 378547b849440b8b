import { composeModule } from '@moda/moda/surgery';
import { openModel } from '@moda/nn';
import { toLayersModel } from '@moda/nn/export';
import { type Architecture, compact, lenet5, mobilenet, type Network } from '@moda/nn/graph';
import { openRuntime, type Runtime } from '@moda/page-runtime';
import { largestDifference } from '@moda/page-runtime/images';
import { openTensorBackend, type TensorBackend } from '@moda/tensor-backend';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { publishedModel } from '../compose/testing/published-model';
import { parityTolerance, parityWithServer, sampleScore } from './parity';

/** Where the files of WebAssembly lie that the page is served with. */
const wasmPath = `${dirname(
  createRequire(join(import.meta.dirname, '../../../../libs/page-runtime/package.json')).resolve(
    '@tensorflow/tfjs-backend-wasm',
  ),
)}/`;

let backend: TensorBackend;
beforeAll(async () => {
  backend = await openTensorBackend();
});

const grey = { height: 32, width: 32, channels: 1 };
const networks: readonly (readonly [string, Architecture])[] = [
  ['lenet5', lenet5({ input: grey, classes: 6 })],
  ['compact', compact({ input: grey, classes: 6 })],
  ['mobilenet', mobilenet({ input: { ...grey, channels: 3 }, classes: 6 })],
];

/** What the server computes: the method's own forward pass on the server's TensorFlow. */
function serverLogits(network: Network, images: Float32Array, count: number): Float32Array {
  const { height, width, channels } = network.architecture.input;
  const model = openModel(backend, network);
  const x = backend.tf.tensor4d(images, [count, height, width, channels]);
  const y = model.predict(x);
  const logits = Float32Array.from(y.dataSync());
  for (const owner of [x, y, model]) owner.dispose();
  return logits;
}

describe.each(networks)('a composition of %s', (_name, architecture) => {
  it('has the logits of the server on every back end that runs here', async () => {
    const { network, whole } = publishedModel(architecture, 3);
    const composition = composeModule(network, whole.rates, 0.6, [0, 2, 5]);
    const { height, width, channels } = architecture.input;
    const images = Float32Array.from({ length: 3 * height * width * channels }, (_, i) => Math.sin(i * 0.37));
    const expected = serverLogits(composition, images, 3);
    const before = backend.tf.engine().backendName;
    for (const prefer of ['cpu', 'wasm'] as const) {
      let runtime: Runtime | undefined;
      try {
        runtime = await openRuntime(toLayersModel(composition), { prefer, wasmPath });
        const logits = await runtime.predict(images, 3);
        expect(largestDifference(logits, expected), prefer).toBeLessThan(parityTolerance);
      } finally {
        runtime?.dispose();
        await backend.tf.setBackend(before);
      }
    }
  });
});

describe('parity', () => {
  it('is the largest distance of all logits', () => {
    const own = Float32Array.of(1, 2, 3, 4);
    expect(parityWithServer(own, Float32Array.of(1, 2.5, 3, 4), 2)).toEqual({
      largest: 0.5,
      images: 2,
      classes: 2,
    });
  });

  it('does not exist between other numbers of logits', () => {
    expect(parityWithServer(Float32Array.of(1, 2), Float32Array.of(1), 1)).toBeUndefined();
  });
});

describe('the score on the samples', () => {
  const samples = {
    count: 3,
    height: 1,
    width: 1,
    channels: 1,
    images: new Uint8Array(3),
    labels: Int32Array.of(0, 2, 1),
    // Of all three classes; class 1 is not in the composition.
    logits: Float32Array.of(5, 9, 1, 0, 9, 4, 0, 9, 0),
    classNames: ['a', 'b', 'c'],
    dataset: 'test',
    normalisation: { mean: [0], std: [1] },
    computedBy: {},
  };
  const facts = {
    classes: [
      { index: 0, name: 'a' },
      { index: 2, name: 'c' },
    ],
    parentClasses: ['a', 'b', 'c'],
  };

  it('counts the samples of the composition only, and the whole model among the same classes', () => {
    const own = Float32Array.of(4, 1, 3, 2, 7, 7);
    expect(sampleScore(samples, facts, own)).toEqual({ images: 2, right: 1, wholeRight: 2, largest: 3 });
  });

  it('is nothing where no sample is of these classes', () => {
    const others = { ...samples, labels: Int32Array.of(1, 1, 1) };
    expect(sampleScore(others, facts, new Float32Array(6))).toEqual({
      images: 0,
      right: 0,
      wholeRight: 0,
      largest: 0,
    });
  });
});
