import { type TrainSpec, trainDefaults } from '@moda/contracts';
import { describe, expect, it, vi } from 'vitest';
import { quietContext } from '../testing/quiet-context.js';
import { estimateTraining } from './estimate-training.js';

const small: TrainSpec = { ...trainDefaults, arch: 'lenet5', batchSize: 16, trainLimit: 64, epochs: 3 };

describe('an estimate', () => {
  it('is of the whole run, from steps and evaluations that took time', async () => {
    const estimate = await estimateTraining(small, quietContext());
    expect(estimate).toMatchObject({ parameters: 61_706, stepsPerEpoch: 4, steps: 12 });
    expect(estimate.secondsPerStep).toBeGreaterThan(0);
    expect(estimate.secondsPerEvaluation).toBeGreaterThan(0);
    expect(estimate.seconds).toBeCloseTo(12 * estimate.secondsPerStep + 3 * estimate.secondsPerEvaluation, 9);
    expect(estimate.device.name).not.toBe('');
  });

  it('leaves no tensor behind', async () => {
    const context = quietContext();
    const { tf } = await context.backend();
    const before = tf.memory().numTensors;
    await estimateTraining(small, context);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('is of no more steps than are asked for, and of the evaluations among them', async () => {
    const { steps, ...own } = await estimateTraining({ ...small, maxSteps: 7 }, quietContext());
    expect(steps).toBe(7);
    expect(own.seconds).toBeCloseTo(7 * own.secondsPerStep + own.secondsPerEvaluation, 9);
  });

  it('is made of several epochs where one has too few steps', async () => {
    const estimate = await estimateTraining({ ...small, batchSize: 64, epochs: 1 }, quietContext());
    expect([estimate.stepsPerEpoch, estimate.steps]).toEqual([1, 1]);
    expect(estimate.secondsPerStep).toBeGreaterThan(0);
  });

  it('finds what is wrong with the run as the run would', async () => {
    const wrong: [Partial<TrainSpec>, string][] = [
      [{ epochs: 0 }, 'SPEC_INVALID'],
      [{ arch: 'lenet6' }, 'ARCHITECTURE_UNKNOWN'],
      [{ dataset: 'digitz' }, 'DATASET_UNKNOWN'],
      [{ classes: ['11'] }, 'CLASS_UNKNOWN'],
      [{ init: 'absent.safetensors' }, 'PARAMETER_MISMATCH'],
      [{ learningRate: 1e30 }, 'TRAINING_DIVERGED'],
    ];
    for (const [change, code] of wrong) {
      await expect(estimateTraining({ ...small, ...change }, quietContext())).rejects.toMatchObject({ code });
    }
  });

  it('is given up at an interruption', async () => {
    const controller = new AbortController();
    const context = quietContext(controller.signal);
    const backend = vi.fn(() => {
      controller.abort();
      return context.backend();
    });
    await expect(estimateTraining(small, { ...context, backend })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(backend).toHaveBeenCalledOnce();
  });
});
