import { openTensorBackend, type TensorBackend } from '@moda/tensor-backend';
import { beforeAll, describe, expect, it } from 'vitest';
import { openModel } from '../execution/device-model.js';
import { fullSet } from '../graph/channel-set.js';
import { initialise } from '../initialise/initialise.js';
import { evaluatePredictions, predictAll, restrictTo } from './evaluate.js';

const predictions = {
  count: 4,
  classes: 3,
  logits: Float32Array.from([2, 1, 0, 0, 3, 1, 5, 0, 4, 1, 1, 0]),
  labels: Int32Array.from([0, 1, 2, 1]),
};

describe('predictions', () => {
  const input = { height: 2, width: 1, channels: 1 };
  const network = initialise(
    {
      name: 'small',
      input,
      operators: [
        { op: 'flatten', name: 'flat', inputs: ['input'] },
        { op: 'dense', name: 'out', inputs: ['flat'], channels: fullSet(2), bias: true },
      ],
    },
    3,
  );
  const images = Float32Array.of(1, -2, 0.5, 3, -1, 4);
  const batchOf = (from: number, to: number) => ({
    size: to - from,
    images: images.subarray(2 * from, 2 * to),
    labels: Int32Array.from({ length: to - from }, (_, i) => from + i),
  });
  let backend: TensorBackend;
  beforeAll(async () => {
    backend = await openTensorBackend();
  });

  it('of many batches are those of one, in order, and leave no tensor', async () => {
    const before = backend.tensorCount();
    const model = openModel(backend, network);
    const once = await predictAll(backend, model, input, [batchOf(0, 3)]);
    expect(once).toMatchObject({ count: 3, classes: 2, labels: Int32Array.of(0, 1, 2) });
    expect(await predictAll(backend, model, input, [batchOf(0, 2), batchOf(2, 3)])).toEqual(once);
    expect(await predictAll(backend, model, input, [])).toMatchObject({ count: 0, classes: 0 });
    model.dispose();
    expect(backend.tensorCount()).toBe(before);
  });

  it('end between two batches when a signal comes', async () => {
    const model = openModel(backend, network);
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('enough')));
    function* endless() {
      for (;;) yield batchOf(0, 3);
    }
    await expect(predictAll(backend, model, input, endless(), controller.signal)).rejects.toThrow('enough');
    model.dispose();
  });
});

describe('an evaluation', () => {
  it('counts by argmax, the first of equals, and tells per class and by confusion', () => {
    const { accuracy, perClass, confusion, count } = evaluatePredictions(predictions);
    expect(count).toBe(4);
    expect(accuracy).toBe(0.5);
    expect(perClass).toEqual([1, 0.5, 0]);
    expect(confusion).toEqual([
      [1, 0, 0],
      [1, 1, 0],
      [1, 0, 0],
    ]);
  });

  it('has the mean cross-entropy of the softmax', () => {
    const one = { count: 1, classes: 2, logits: Float32Array.from([1000, 999]), labels: Int32Array.of(1) };
    expect(evaluatePredictions(one).loss).toBeCloseTo(Math.log(1 + Math.E), 6);
  });

  it('gives no accuracy to a class without samples', () => {
    const one = { count: 1, classes: 2, logits: Float32Array.from([1, 0]), labels: Int32Array.of(0) };
    expect(evaluatePredictions(one).perClass).toEqual([1, null]);
  });

  it('is restricted to some classes by their samples and their logits', () => {
    const restricted = restrictTo(predictions, [1, 2]);
    expect([...restricted.labels]).toEqual([0, 1, 0]);
    expect([...restricted.logits]).toEqual([3, 1, 0, 4, 1, 0]);
    expect(evaluatePredictions(restricted).accuracy).toBe(1);
  });
});
