import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Parameter, Tensor, TensorBackend } from '../backend.js';
import * as reference from './reference.js';
import type { Values } from './reference.js';

/** What every implementation of the operators has to fulfil. Call it from a spec with a function that opens the backend. */
export function describeTensorBackend(name: string, open: () => Promise<TensorBackend>): void {
  describe(name, () => {
    let backend: TensorBackend;
    let tensorsBefore = 0;

    beforeAll(async () => {
      backend = await open();
    });
    beforeEach(() => {
      tensorsBefore = backend.tensorCount();
    });
    afterEach(() => {
      for (const tensor of lent.splice(0)) tensor.dispose();
      expect(backend.tensorCount(), 'tensors that the operators left behind').toBe(tensorsBefore);
    });

    const lent: Tensor[] = [];
    /** A tensor of the test, freed after it. */
    function tensor(values: Values, dtype: 'float32' | 'int32' = 'float32'): Tensor {
      const data = dtype === 'int32' ? Int32Array.from(values.data) : Float32Array.from(values.data);
      return mine(backend.tf.tensor(data, [...values.shape], dtype));
    }
    function mine<T extends Tensor>(result: T): T {
      lent.push(result);
      return result;
    }
    function expectClose(
      actual: Tensor,
      expected: { shape?: readonly number[]; data: ArrayLike<number> },
      tolerance = 1e-5,
    ): void {
      mine(actual);
      if (expected.shape !== undefined) expect(actual.shape).toEqual([...expected.shape]);
      const values = actual.dataSync();
      expect(values.length).toBe(expected.data.length);
      const largest = Array.from(expected.data).reduce((most, value) => Math.max(most, Math.abs(value)), 1);
      Array.from(expected.data).forEach((value, i) => {
        expect(
          Math.abs(values[i]! - value),
          `element ${i}: ${values[i]} instead of ${value}`,
        ).toBeLessThanOrEqual(tolerance * largest);
      });
    }
    function expectSameBits(compute: () => Tensor): void {
      const first = Buffer.from(mine(compute()).dataSync().slice().buffer);
      for (let i = 0; i < 3; i += 1)
        expect(Buffer.from(mine(compute()).dataSync().slice().buffer).equals(first)).toBe(true);
    }

    describe('convolution', () => {
      for (const { x, kernel, stride, padding } of convolutionCases) {
        const geometry = { stride, padding };
        it(`of [${x}] with [${kernel}], stride ${stride}, padding ${padding}, equals the loops, and so do its gradients`, () => {
          const input = random(x, 1);
          const weights = random(kernel, 2);
          const y = reference.convolution(input, weights, geometry);
          const dy = random(y.shape, 3);
          const expected = reference.convolutionGradients(input, weights, dy, geometry);
          expectClose(backend.conv2d(tensor(input), tensor(weights), geometry), y);
          expectClose(backend.conv2dInputGradient(x, tensor(weights), tensor(dy), geometry), expected.x);
          expectClose(
            backend.conv2dKernelGradient(tensor(input), kernel, tensor(dy), geometry),
            expected.kernel,
          );
        });
      }

      it('on any small map equals the loops', () => {
        const length = fc.integer({ min: 3, max: 8 });
        const size = fc.integer({ min: 1, max: 3 });
        const channels = fc.integer({ min: 1, max: 4 });
        const geometryOf = fc.record({
          stride: fc.integer({ min: 1, max: 3 }),
          padding: fc.integer({ min: 0, max: 2 }),
        });
        fc.assert(
          fc.property(
            length,
            length,
            size,
            size,
            channels,
            channels,
            geometryOf,
            (h, w, rows, columns, inputs, outputs, geometry) => {
              const input = random([2, h, w, inputs], h * w);
              const weights = random([rows, columns, inputs, outputs], rows + columns);
              const y = reference.convolution(input, weights, geometry);
              const dy = random(y.shape, 7);
              const expected = reference.convolutionGradients(input, weights, dy, geometry);
              expectClose(backend.conv2d(tensor(input), tensor(weights), geometry), y);
              expectClose(
                backend.conv2dInputGradient(input.shape, tensor(weights), tensor(dy), geometry),
                expected.x,
              );
              expectClose(
                backend.conv2dKernelGradient(tensor(input), weights.shape, tensor(dy), geometry),
                expected.kernel,
              );
            },
          ),
          { numRuns: 25, seed: 42 },
        );
      });

      it('gives the same bits for the same kernel gradient', () => {
        const x = tensor(random([16, 12, 12, 8], 1));
        const dy = tensor(random([16, 12, 12, 16], 2));
        expectSameBits(() => backend.conv2dKernelGradient(x, [3, 3, 8, 16], dy, { stride: 1, padding: 1 }));
      });
    });

    describe('depthwise convolution', () => {
      for (const { x, kernel, stride, padding } of depthwiseCases) {
        const geometry = { stride, padding };
        it(`of [${x}] with [${kernel}], stride ${stride}, padding ${padding}, equals the loops, and so do its gradients`, () => {
          const input = random(x, 1);
          const weights = random(kernel, 2);
          const y = reference.depthwise(input, weights, geometry);
          const dy = random(y.shape, 3);
          const expected = reference.depthwiseGradients(input, weights, dy, geometry);
          expectClose(backend.depthwiseConv2d(tensor(input), tensor(weights), geometry), y);
          expectClose(
            backend.depthwiseConv2dInputGradient(x, tensor(weights), tensor(dy), geometry),
            expected.x,
          );
          expectClose(
            backend.depthwiseConv2dKernelGradient(tensor(input), kernel, tensor(dy), geometry),
            expected.kernel,
          );
        });
      }

      it('gives the same bits for the same gradients', () => {
        const x = tensor(random([16, 12, 12, 8], 1));
        const kernel = tensor(random([3, 3, 8, 1], 2));
        const dy = tensor(random([16, 12, 12, 8], 3));
        const geometry = { stride: 1, padding: 1 };
        expectSameBits(() => backend.depthwiseConv2dKernelGradient(x, [3, 3, 8, 1], dy, geometry));
        expectSameBits(() => backend.depthwiseConv2dInputGradient(x.shape, kernel, dy, geometry));
      });
    });

    describe('bias', () => {
      it.each([[[2, 3, 5, 4]], [[6, 4]]])(
        'is added to the last axis of %j, and its gradient is the sum over the others',
        (shape) => {
          const x = random(shape, 1);
          const bias = random([4], 2);
          const sums = reference.zeros([4]);
          x.data.forEach((value, i) => (sums.data[i % 4]! += value));
          expectClose(backend.biasAdd(tensor(x), tensor(bias)), {
            shape,
            data: x.data.map((value, i) => value + bias.data[i % 4]!),
          });
          expectClose(backend.biasGradient(tensor(x)), sums);
        },
      );

      it('has a gradient that keeps its digits over many positions', () => {
        const dy = random([64, 32, 32, 3], 1, 1);
        const sums = reference.zeros([3]);
        dy.data.forEach((value, i) => (sums.data[i % 3]! += value));
        expectClose(backend.biasGradient(tensor(dy)), sums);
      });

      it('gives the same bits for the same gradient', () => {
        const dy = tensor(random([64, 16, 16, 8], 1));
        expectSameBits(() => backend.biasGradient(dy));
      });
    });

    describe('batch normalisation', () => {
      const options = { epsilon: 1e-5, momentum: 0.1 };
      const x = random([3, 4, 5, 6], 1, 2);
      const scale = random([6], 2, 1);
      const offset = random([6], 3);
      const dy = random([3, 4, 5, 6], 4);
      const runningMean = random([6], 5);
      const runningVariance = random([6], 6, 2);
      const expected = reference.batchNorm(x, scale, offset, dy, options.epsilon);

      const train = (momentum: number) =>
        backend.batchNormTraining(
          tensor(x),
          tensor(scale),
          tensor(offset),
          tensor(runningMean),
          tensor(runningVariance),
          {
            ...options,
            momentum,
          },
        );

      it('normalises with the statistics of the batch', () => {
        const step = train(options.momentum);
        step.saved.forEach(mine);
        mine(step.runningMean);
        mine(step.runningVariance);
        expectClose(step.y, { shape: x.shape, data: expected.y });
      });

      it.each([0.1, 0.25, 1])(
        'moves the running statistics by the share %d, the variance towards the unbiased one',
        (momentum) => {
          const step = train(momentum);
          step.saved.forEach(mine);
          mine(step.y);
          const blend = (running: number, batch: number) => (1 - momentum) * running + momentum * batch;
          expectClose(step.runningMean, {
            shape: [6],
            data: runningMean.data.map((m, i) => blend(m, expected.mean.data[i]!)),
          });
          expectClose(step.runningVariance, {
            shape: [6],
            data: runningVariance.data.map((v, i) => blend(v, expected.unbiased[i]!)),
          });
        },
      );

      it('leaves the running statistics it was given as they were', () => {
        const given = tensor(runningMean);
        const {
          y,
          saved,
          runningMean: moved,
          runningVariance: widened,
        } = backend.batchNormTraining(
          tensor(x),
          tensor(scale),
          tensor(offset),
          given,
          tensor(runningVariance),
          options,
        );
        [y, moved, widened, ...saved].forEach(mine);
        expect(Array.from(given.dataSync())).toEqual(Array.from(Float32Array.from(runningMean.data)));
      });

      it('has gradients through the statistics of the batch', () => {
        const step = train(options.momentum);
        [step.y, step.runningMean, step.runningVariance, ...step.saved].forEach(mine);
        const gradients = backend.batchNormGradient(
          tensor(dy),
          tensor(x),
          tensor(scale),
          step.saved,
          options,
        );
        expectClose(gradients.x, { shape: x.shape, data: expected.dx });
        expectClose(gradients.scale, expected.dScale);
        expectClose(gradients.offset, expected.dOffset);
      });

      it('uses the given statistics in inference', () => {
        const y = x.data.map((value, i) => {
          const c = i % 6;
          const deviation = Math.sqrt(runningVariance.data[c]! + options.epsilon);
          return ((value - runningMean.data[c]!) / deviation) * scale.data[c]! + offset.data[c]!;
        });
        expectClose(
          backend.batchNormInference(
            tensor(x),
            tensor(scale),
            tensor(offset),
            tensor(runningMean),
            tensor(runningVariance),
            options,
          ),
          { shape: x.shape, data: y },
        );
      });

      it('gives the same bits for the same step and gradient', () => {
        const large = tensor(random([32, 16, 16, 6], 8));
        const slopes = tensor(random([32, 16, 16, 6], 9));
        const parameters = [
          tensor(scale),
          tensor(offset),
          tensor(runningMean),
          tensor(runningVariance),
        ] as const;
        const step = () => {
          const result = backend.batchNormTraining(large, ...parameters, options);
          [result.y, result.runningMean, result.runningVariance, ...result.saved].forEach(mine);
          return result;
        };
        const gradient = () => {
          const result = backend.batchNormGradient(slopes, large, parameters[0], step().saved, options);
          [result.x, result.scale, result.offset].forEach(mine);
          return result;
        };
        expectSameBits(() => backend.tf.clone(step().y));
        expectSameBits(() => backend.tf.clone(step().runningVariance));
        expectSameBits(() => backend.tf.clone(gradient().x));
        expectSameBits(() => backend.tf.clone(gradient().scale));
      });
    });

    describe('ReLU', () => {
      it.each([[[2, 3, 4, 5]], [[3, 7]]])(
        'drops what is negative of %j; its gradient passes where the output is positive',
        (shape) => {
          const x = random(shape, 1);
          x.data[0] = 0;
          const dy = random(shape, 2);
          const y = mine(backend.relu(tensor(x)));
          expectClose(backend.tf.clone(y), { shape, data: x.data.map((value) => Math.max(value, 0)) });
          expectClose(backend.reluGradient(tensor(dy), y), {
            shape,
            data: dy.data.map((slope, i) => (x.data[i]! > 0 ? slope : 0)),
          });
        },
      );
    });

    describe('max pooling', () => {
      for (const { x, size, stride } of poolCases) {
        it(`of [${x}] in windows of ${size}, stride ${stride}, gives each gradient to the first maximum, ties included`, () => {
          const input = random(x, 1);
          // Few distinct values, as after a ReLU: most windows tie.
          input.data.forEach((value, i) => (input.data[i] = Math.max(Math.round(value * 2), 0)));
          const shape = reference.maxPooling(input, undefined, { size, stride }).y.shape;
          const dy = random(shape, 2);
          const { y, dx } = reference.maxPooling(input, dy, { size, stride });
          const output = mine(backend.maxPool(tensor(input), { size, stride }));
          expectClose(backend.tf.clone(output), y);
          expectClose(backend.maxPoolGradient(tensor(input), output, tensor(dy), { size, stride }), dx);
        });
      }

      it('gives the same bits for the same gradient', () => {
        const x = tensor(random([16, 16, 16, 8], 1));
        const y = mine(backend.maxPool(x, { size: 2, stride: 2 }));
        const dy = tensor(random(y.shape, 2));
        expectSameBits(() => backend.maxPoolGradient(x, y, dy, { size: 2, stride: 2 }));
      });
    });

    describe('global average pooling', () => {
      it('is the mean over positions, and its gradient an equal share for each', () => {
        const x = random([2, 3, 5, 4], 1);
        const dy = random([2, 4], 2);
        expectClose(backend.globalAveragePool(tensor(x)), meanOverPositions(x));
        const shares = reference.zeros(x.shape);
        forEachElement(
          x.shape,
          (position, [n, , , c]) => (shares.data[position] = dy.data[reference.at(dy, n, c)]! / 15),
        );
        expectClose(backend.globalAveragePoolGradient(x.shape, tensor(dy)), shares);
      });
    });

    describe('unit activations', () => {
      it('of a map are the mean of its absolute values, whether it is a ReLU output or not', () => {
        const x = random([2, 3, 5, 4], 1);
        const magnitude = { shape: x.shape, data: x.data.map(Math.abs) };
        const rectified = { shape: x.shape, data: x.data.map((value) => Math.max(value, 0)) };
        expectClose(backend.unitActivations(tensor(x)), meanOverPositions(magnitude));
        expectClose(backend.unitActivations(mine(backend.relu(tensor(x)))), meanOverPositions(rectified));
      });

      it('of neurons are their absolute values', () => {
        const x = random([3, 7], 1);
        expectClose(backend.unitActivations(tensor(x)), { shape: x.shape, data: x.data.map(Math.abs) });
        const rectified = mine(backend.relu(tensor(x)));
        expectClose(backend.unitActivations(rectified), {
          shape: x.shape,
          data: x.data.map((value) => Math.max(value, 0)),
        });
        expect(rectified.isDisposed).toBe(false);
      });

      it('send their gradient to every position in equal shares', () => {
        const dy = random([2, 3, 5, 4], 1);
        const g = random([2, 4], 2);
        const sum = reference.zeros(dy.shape);
        forEachElement(dy.shape, (position, [n, , , c]) => {
          sum.data[position] = dy.data[position]! + g.data[reference.at(g, n, c)]! / 15;
        });
        expectClose(backend.addUnitGradient(tensor(dy), tensor(g)), sum);
        expectClose(backend.addUnitGradient(tensor(g), tensor(g)), {
          shape: g.shape,
          data: g.data.map((value) => 2 * value),
        });
      });
    });

    describe('matrix product', () => {
      it.each([
        [false, false],
        [true, false],
        [false, true],
        [true, true],
      ])('with transposition %s, %s equals the loops', (transposeA, transposeB) => {
        const a = random([3, 5], 1);
        const b = random([5, 4], 2);
        expectClose(
          backend.matMul(
            tensor(transposeA ? reference.transposed(a) : a),
            tensor(transposeB ? reference.transposed(b) : b),
            transposeA,
            transposeB,
          ),
          reference.matrixProduct(a, b),
        );
      });
    });

    describe('softmax cross-entropy', () => {
      it.each([
        ['small logits', 1],
        ['logits that overflow a naive exponential', 200],
      ])('with %s equals the formula, and the gradient is softmax - onehot', (_, factor) => {
        const logits = random([4, 5], 1);
        logits.data.forEach((value, i) => (logits.data[i] = value * factor));
        const rounded = { shape: logits.shape, data: Float64Array.from(Float32Array.from(logits.data)) };
        const labels = [0, 4, 2, 2];
        const expected = reference.softmaxCrossEntropy(rounded, labels);
        const result = backend.softmaxCrossEntropy(
          tensor(rounded),
          tensor({ shape: [4], data: Float64Array.from(labels) }, 'int32'),
        );
        expectClose(result.losses, { shape: [4], data: expected.losses });
        expectClose(result.gradient, expected.gradient);
      });
    });

    describe('aligning channels', () => {
      it.each([
        ['picks and repeats', [2, 0, 0]],
        ['puts zeros for absent channels', [-1, 3, -1, 1]],
        ['can be all zeros', [-1, -1]],
        ['can be the identity', [0, 1, 2, 3]],
      ])('%s', (_, positions) => {
        for (const shape of [
          [2, 3, 5, 4],
          [6, 4],
        ]) {
          const x = random(shape, 1);
          const outer = x.data.length / 4;
          const data = Array.from({ length: outer }, (__, i) =>
            positions.map((p) => (p === -1 ? 0 : x.data[i * 4 + p]!)),
          ).flat();
          expectClose(
            backend.alignChannels(tensor(x), positions),
            { shape: [...shape.slice(0, -1), positions.length], data },
            0,
          );
        }
      });

      it('aligns many channels, absent ones among them', () => {
        const x = random([2, 2, 1, 300], 1);
        const positions = Array.from({ length: 310 }, (_, i) => (i % 7 === 0 ? -1 : (i * 37) % 300));
        const data = Array.from({ length: 4 }, (_, i) =>
          positions.map((p) => (p === -1 ? 0 : x.data[i * 300 + p]!)),
        ).flat();
        expectClose(backend.alignChannels(tensor(x), positions), { shape: [2, 2, 1, 310], data }, 0);
      });
    });

    describe('a parameter', () => {
      it('takes Nesterov steps as a scalar loop does', () => {
        const start = Float32Array.from(random([2, 3], 1).data);
        const parameter = backend.createParameter(start, [2, 3]);
        const value = Float64Array.from(start);
        const velocity = new Float64Array(6);
        const momentum = 0.9;
        for (let step = 0; step < 4; step += 1) {
          const learningRate = 0.05 / (step + 1);
          const gradient = random([2, 3], 10 + step);
          parameter.applyNesterov(tensor(gradient), { learningRate, momentum });
          gradient.data.forEach((g, i) => {
            velocity[i] = momentum * velocity[i]! + g;
            value[i]! -= learningRate * (g + momentum * velocity[i]!);
          });
        }
        expectClose(parameter.read(), { shape: [2, 3], data: value }, 1e-6);
        expectClose(parameter.readVelocity(), { shape: [2, 3], data: velocity }, 1e-6);
        parameter.dispose();
      });

      it('never shares memory with the arrays it was given or with what was read before an update', () => {
        const values = Float32Array.of(1, 2, 3);
        const parameter = backend.createParameter(values, [3]);
        const before = mine(parameter.read());
        parameter.applyNesterov(tensor({ shape: [3], data: Float64Array.of(1, 1, 1) }), {
          learningRate: 1,
          momentum: 0,
        });
        expect(Array.from(values)).toEqual([1, 2, 3]);
        expect(Array.from(before.dataSync())).toEqual([1, 2, 3]);
        values.fill(9);
        expectClose(parameter.read(), { data: [0, 1, 2] });
        parameter.dispose();
      });

      it('starts without velocity, and value and velocity go out and in again unchanged', () => {
        const parameter = backend.createParameter(new Float32Array(4), [2, 2]);
        expectClose(parameter.readVelocity(), { shape: [2, 2], data: [0, 0, 0, 0] }, 0);
        parameter.assign(Float32Array.of(1.5, -2, 3, 4));
        parameter.assignVelocity(Float32Array.of(-1, 0.25, 0, 8));
        expectClose(parameter.read(), { shape: [2, 2], data: [1.5, -2, 3, 4] }, 0);
        expectClose(parameter.readVelocity(), { shape: [2, 2], data: [-1, 0.25, 0, 8] }, 0);
        parameter.dispose();
      });

      it('is independent of every other parameter, and survives a tidy around its making and its steps', () => {
        const made: Parameter[] = [];
        backend.tf.tidy(() => {
          made.push(
            backend.createParameter(Float32Array.of(1), [1]),
            backend.createParameter(Float32Array.of(5), [1]),
          );
          made[0]!.applyNesterov(backend.tf.tensor1d([1]), { learningRate: 0.5, momentum: 0.9 });
        });
        const [first, second] = made as [Parameter, Parameter];
        expectClose(first.read(), { data: [1 - 0.5 * 1.9] });
        expectClose(second.read(), { data: [5] });
        first.dispose();
        second.dispose();
      });
    });
  });
}

const convolutionCases = [
  { x: [2, 7, 5, 3], kernel: [3, 3, 3, 4], stride: 1, padding: 1 },
  { x: [2, 7, 5, 3], kernel: [3, 3, 3, 4], stride: 1, padding: 0 },
  { x: [2, 8, 6, 3], kernel: [3, 3, 3, 4], stride: 2, padding: 1 },
  { x: [2, 7, 5, 3], kernel: [3, 3, 3, 4], stride: 2, padding: 1 },
  { x: [2, 8, 6, 3], kernel: [1, 1, 3, 4], stride: 2, padding: 0 },
  { x: [2, 7, 5, 3], kernel: [1, 1, 3, 4], stride: 2, padding: 0 },
  { x: [1, 4, 4, 5], kernel: [1, 1, 5, 2], stride: 1, padding: 0 },
  { x: [1, 2, 3, 16], kernel: [1, 1, 16, 24], stride: 1, padding: 0 },
  { x: [2, 9, 10, 1], kernel: [5, 5, 1, 6], stride: 1, padding: 0 },
  { x: [1, 2, 2, 16], kernel: [3, 3, 16, 16], stride: 1, padding: 1 },
];

const depthwiseCases = [
  { x: [2, 7, 5, 3], kernel: [3, 3, 3, 1], stride: 1, padding: 1 },
  { x: [2, 8, 6, 4], kernel: [3, 3, 4, 1], stride: 2, padding: 1 },
  { x: [2, 7, 5, 3], kernel: [3, 3, 3, 1], stride: 2, padding: 1 },
  { x: [1, 6, 5, 2], kernel: [3, 3, 2, 1], stride: 1, padding: 0 },
  { x: [1, 2, 2, 16], kernel: [3, 3, 16, 1], stride: 1, padding: 1 },
];

const poolCases = [
  { x: [2, 6, 4, 3], size: 2, stride: 2 },
  { x: [2, 7, 5, 3], size: 2, stride: 2 },
  { x: [1, 7, 6, 2], size: 3, stride: 2 },
  { x: [1, 5, 6, 2], size: 2, stride: 1 },
];

/** Reproducible values of about [-1, 1] around `centre`, already rounded to float32. */
function random(shape: readonly number[], seed: number, centre = 0): Values {
  const values = reference.zeros(shape);
  let state = (seed * 2654435761 + 12345) >>> 0;
  for (let i = 0; i < values.data.length; i += 1) {
    // A 32-bit linear congruential generator (Numerical Recipes' constants): enough to fill a test.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    values.data[i] = Math.fround(centre + (state / 2 ** 31 - 1));
  }
  return values;
}

function forEachElement(
  shape: readonly number[],
  use: (position: number, indices: [number, number, number, number]) => void,
): void {
  const [batch, height, width, channels] = shape as readonly [number, number, number, number];
  let position = 0;
  for (let n = 0; n < batch; n += 1)
    for (let h = 0; h < height; h += 1)
      for (let w = 0; w < width; w += 1) for (let c = 0; c < channels; c += 1) use(position++, [n, h, w, c]);
}

function meanOverPositions(x: Values): Values {
  const [batch, height, width, channels] = x.shape as readonly [number, number, number, number];
  const means = reference.zeros([batch, channels]);
  forEachElement(x.shape, (position, [n, , , c]) => {
    means.data[reference.at(means, n, c)]! += x.data[position]! / (height * width);
  });
  return means;
}
