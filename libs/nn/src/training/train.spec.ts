import { openTensorBackend, type TensorBackend } from '@moda/tensor-backend';
import { beforeAll, describe, expect, it } from 'vitest';
import { openModel } from '../execution/device-model.js';
import { parseArchitecture } from '../graph/architecture-json.js';
import type { HostTensor } from '../graph/network.js';
import { initialise } from '../initialise/initialise.js';
import type { Batch } from './batch.js';
import { train, type TrainingEvent, type TrainingOptions, type TrainingPosition } from './train.js';

const input = { height: 16, width: 16, channels: 1 };
/** Small, but with all that a step changes: kernels, biases, scales, offsets and running statistics. */
const architecture = parseArchitecture({
  name: 'small',
  input,
  operators: [
    { op: 'conv', name: 'conv', channels: 8, size: 3, padding: 1, bias: false },
    { op: 'batchNorm', name: 'norm' },
    { op: 'relu', name: 'relu' },
    { op: 'maxPool', name: 'pool', size: 4 },
    { op: 'flatten', name: 'flat' },
    { op: 'dense', name: 'out', channels: 2 },
  ],
});
const batchSize = 6;
const stepsPerEpoch = 3;

/** Light images of class 0, dark ones of class 1, different in every batch. */
function* batches(epoch: number, fromStep: number): Generator<Batch> {
  for (let step = fromStep; step < stepsPerEpoch; step++) {
    const labels = Int32Array.from({ length: batchSize }, (_, i) => i % 2);
    const images = Float32Array.from({ length: batchSize * 256 }, (_, i) => {
      const sign = Math.floor(i / 256) % 2 === 0 ? 1 : -1;
      return sign + Math.sin(i * 7.3 + step + 10 * epoch) / 2;
    });
    yield { size: batchSize, images, labels };
  }
}

const recipe: TrainingOptions = {
  epochs: 3,
  learningRate: 0.05,
  momentum: 0.9,
  input,
  stepsPerEpoch,
  batches,
};

interface Run {
  readonly weights: ReadonlyMap<string, HostTensor>;
  readonly velocities: ReadonlyMap<string, HostTensor>;
  readonly position: TrainingPosition;
}

let backend: TensorBackend;
beforeAll(async () => {
  backend = await openTensorBackend();
});

async function run(options: Partial<TrainingOptions> = {}, from?: Run): Promise<Run> {
  const fresh = initialise(architecture, 3);
  const model = openModel(backend, from ? { architecture, parameters: from.weights } : fresh);
  if (from) model.restoreVelocities(from.velocities);
  try {
    const start = from ? { start: from.position } : {};
    const position = await train(backend, model, { ...recipe, ...start, ...options });
    return { weights: model.toNetwork().parameters, velocities: model.velocities(), position };
  } finally {
    model.dispose();
  }
}

describe('training', () => {
  it('gives the same weights for the same seed, bit by bit', async () => {
    expect((await run()).weights).toEqual((await run()).weights);
  });

  it('resumes after any step to exactly the weights of an undisturbed run', async () => {
    const whole = await run();
    for (const steps of [1, 3, 5]) {
      const stopped = await run({ maxSteps: steps });
      expect(stopped.position.epoch * stepsPerEpoch + stopped.position.step).toBe(steps);
      expect((await run({}, stopped)).weights).toEqual(whole.weights);
    }
  });

  it('stops between two steps when the signal is aborted', async () => {
    const controller = new AbortController();
    const onEvent = (event: TrainingEvent): void => {
      if (event.type === 'step' && event.position.step === 2) controller.abort();
    };
    const { position } = await run({ signal: controller.signal, onEvent });
    expect([position.epoch, position.step]).toEqual([0, 2]);
  });

  it('reports the mean losses of every epoch and anneals the rate by a cosine', async () => {
    const epochs: Extract<TrainingEvent, { type: 'epoch' }>[] = [];
    const steps: number[] = [];
    await run({
      onEvent: (event) => {
        if (event.type === 'epoch') epochs.push(event);
        else steps.push(event.losses.crossEntropy);
      },
    });
    for (const [epoch, rate] of [0.05, 0.0375, 0.0125].entries()) {
      expect(epochs[epoch]?.learningRate).toBeCloseTo(rate, 9);
    }
    expect(steps).toHaveLength(9);
    const ofLast = steps.slice(6).reduce((sum, value) => sum + value, 0) / 3;
    expect(epochs[2]?.losses.crossEntropy).toBeCloseTo(ofLast, 9);
    expect(ofLast).toBeLessThan(steps[0] ?? 0);
  });

  it('says so, with the epoch, when loss or weights are no longer numbers', async () => {
    const broken = function* (): Generator<Batch> {
      yield { size: 1, images: new Float32Array(256).fill(NaN), labels: Int32Array.of(0) };
    };
    for (const bad of [{ batches: broken }, { learningRate: 1e30 }]) {
      await expect(run(bad)).rejects.toMatchObject({
        code: 'TRAINING_DIVERGED',
        message: expect.stringMatching(
          /^(The loss became|Some weights were).* epoch 1.*: lower the learning rate/,
        ) as string,
      });
    }
  });
});
