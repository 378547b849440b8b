import type { ImageDataset } from '@moda/datasets';
import { type Architecture, countParameters, countState, INPUT, inferShapes, type Operator } from '@moda/nn';
import { evaluationBatchSize } from '../training-batches.js';

/** Memory of a run at its peak, in bytes, by what needs it. */
export interface TrainingMemory {
  /** Parameters, momentum, and a step's or an evaluation's activations and gradients: on a GPU where there is one. */
  readonly network: number;
  /** The images, and what a checkpoint is made of. */
  readonly host: number;
}

const bytesPerNumber = 4;

/**
 * An estimate from the shapes alone: every activation that the backward pass reads again, and the gradients and work space
 * beside the largest of them.
 */
export function trainingMemory(
  architecture: Architecture,
  dataset: Pick<ImageDataset, 'train' | 'test'>,
  batchSize: number,
): TrainingMemory {
  const { kept, largest } = activationsPerImage(architecture);
  const parameters = bytesPerNumber * countState(architecture);
  const momentum = bytesPerNumber * countParameters(architecture);
  const step = batchSize * (kept + workingCopies * largest);
  const evaluation = evaluationBatchSize * workingCopies * largest;
  return {
    network: parameters + 2 * momentum + bytesPerNumber * Math.max(step, evaluation),
    // The network that the run began with; the one of a checkpoint with its momentum, and the file they are written to.
    host: sizeOf(dataset) + 3 * parameters + 2 * momentum,
  };
}

/** The gradients before and after an operator, and the work space of a convolution, each about as large as its output. */
const workingCopies = 3;

/** Numbers for one image: all that is kept for the backward pass, and the largest single output. */
function activationsPerImage(architecture: Architecture): {
  readonly kept: number;
  readonly largest: number;
} {
  const shapes = inferShapes(architecture);
  const sizes = new Map(
    [...shapes].map(([name, { height, width, channels }]) => [name, height * width * channels.kept.length]),
  );
  const kept = new Set([INPUT, ...architecture.operators.flatMap(readAgain)]);
  return {
    kept: [...kept].reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0),
    largest: Math.max(...sizes.values()),
  };
}

/** Names of the values that an operator's backward pass reads. */
function readAgain(operator: Operator): readonly string[] {
  switch (operator.op) {
    case 'conv':
    case 'depthwise':
    case 'dense':
    case 'batchNorm':
      return operator.inputs;
    case 'relu':
      return [operator.name];
    case 'maxPool':
      return [...operator.inputs, operator.name];
    default:
      return [];
  }
}

/** Splits may share one array, and a limited one still holds all of it. */
function sizeOf({ train, test }: Pick<ImageDataset, 'train' | 'test'>): number {
  const buffers = new Set([train.images.buffer, test.images.buffer]);
  return [...buffers].reduce((sum, { byteLength }) => sum + byteLength, 0);
}
