import { modularLoss, PAPER_WEIGHTS } from '@moda/moda';
import { type ActivationLoss, type DeviceModel, initialise, openModel } from '@moda/nn';
import type { DeviceReport, TensorBackend } from '@moda/tensor-backend';
import { resolveArchitecture } from '../resolve-architecture.js';
import type { RunContext } from '../run-context.js';

export interface BenchStepOptions {
  readonly arch: string;
  readonly batchSize: number;
  /** Timed steps of each kind, after one of each that is not timed. */
  readonly steps: number;
  readonly input?: { readonly height: number; readonly width: number; readonly channels: number };
  readonly seed?: number;
}

export interface StepTimes {
  /** Seconds. */
  readonly best: number;
  readonly median: number;
}

export interface BenchStepResult {
  readonly arch: string;
  readonly batchSize: number;
  readonly device: DeviceReport;
  readonly standard: StepTimes;
  readonly moda: StepTimes;
  /** Highest resident memory of the process, MiB. */
  readonly peakMiB: number;
}

const cifarInput = { height: 32, width: 32, channels: 3 };

/**
 * Times a whole training step (forward, loss, backward, update) with and without the MODA loss, in alternation, on one
 * network and one batch of noise.
 */
export async function benchStep(options: BenchStepOptions, context: RunContext): Promise<BenchStepResult> {
  const input = options.input ?? cifarInput;
  const architecture = await resolveArchitecture(options.arch, input, 10);
  const backend = await context.backend();
  const model = openModel(backend, initialise(architecture, options.seed ?? 42));
  const count = options.batchSize * input.height * input.width * input.channels;
  const pixels = Float32Array.from({ length: count }, (_, i) => Math.sin(i * 12.9898) * 1.4);
  const images = backend.tf.tensor4d(pixels, [options.batchSize, input.height, input.width, input.channels]);
  const labels = Int32Array.from({ length: options.batchSize }, (_, i) => (i * 7) % 10);
  const times = { standard: [] as number[], moda: [] as number[] };
  try {
    for (let step = 0; step <= options.steps && !context.signal.aborted; step++) {
      const standard = timeStep(model, images, labels, undefined);
      const moda = timeStep(model, images, labels, modularLoss(PAPER_WEIGHTS));
      if (step === 0) continue;
      times.standard.push(standard);
      times.moda.push(moda);
      context.onProgress({
        type: 'task',
        label: `${options.arch}, batch ${options.batchSize}`,
        done: step,
        total: options.steps,
        unit: 'steps',
        values: { standard, moda },
      });
    }
  } finally {
    images.dispose();
    model.dispose();
  }
  return {
    arch: options.arch,
    batchSize: options.batchSize,
    device: backend.device,
    standard: summary(times.standard),
    moda: summary(times.moda),
    peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

function timeStep(
  model: DeviceModel,
  images: ReturnType<TensorBackend['tf']['tensor4d']>,
  labels: Int32Array,
  loss: ActivationLoss | undefined,
): number {
  const start = performance.now();
  // A rate this small moves the weights without ever making the noise diverge; the arithmetic is the same.
  model.trainStep(images, labels, loss, { learningRate: 1e-4, momentum: 0.9 });
  model.synchronise();
  return (performance.now() - start) / 1000;
}

function summary(seconds: readonly number[]): StepTimes {
  const sorted = [...seconds].sort((a, b) => a - b);
  return { best: sorted[0] ?? NaN, median: sorted[Math.floor(sorted.length / 2)] ?? NaN };
}
