import type { Tensor, TensorBackend } from '../backend.js';
import type { EagerRuntime } from './eager-runtime.js';
import { pointwiseProduct } from './pointwise.js';

/** On a CPU, gathering single channels costs more than a product with a matrix of zeros and ones up to about this many. */
const mostSelectedByProduct = 256;

/**
 * Up to 256 channels a product with a selection matrix, above and on GPUs (whose products may round) a gather. The product is
 * exact; only an infinity or NaN would spread over its position, and training has ended before that matters.
 */
export function nativeAlignChannels(eager: EagerRuntime): Pick<TensorBackend, 'alignChannels'> {
  return {
    alignChannels: (x, positions) =>
      x.shape.at(-1)! <= mostSelectedByProduct && !eager.usesGpu
        ? selectByProduct(eager, x, positions)
        : gather(eager, x, positions),
  };
}

function selectByProduct(eager: EagerRuntime, x: Tensor, positions: readonly number[]): Tensor {
  const channels = x.shape.at(-1)!;
  const selection = new Float32Array(channels * positions.length);
  positions.forEach((from, to) => {
    if (from !== -1) selection[from * positions.length + to] = 1;
  });
  const matrix = eager.tf.tensor2d(selection, [channels, positions.length]);
  const aligned = pointwiseProduct(eager, x, matrix, {}, [...x.shape.slice(0, -1), positions.length]);
  matrix.dispose();
  return aligned;
}

/** Absent channels point at a channel of zeros that is put behind the others for the call. */
function gather(eager: EagerRuntime, x: Tensor, positions: readonly number[]): Tensor {
  const { TF_FLOAT, TF_INT32 } = eager.binding;
  const channels = x.shape.at(-1)!;
  const padded = positions.includes(-1) ? padOneChannel(eager, x) : undefined;
  const axis = eager.constant(Int32Array.of(x.rank - 1), []);
  const indices = positions.map((position) => (position === -1 ? channels : position));
  const attributes = [
    eager.type('Tparams', TF_FLOAT),
    eager.type('Tindices', TF_INT32),
    eager.type('Taxis', TF_INT32),
  ];
  const aligned = eager.withInts(indices, (list) =>
    eager.run('GatherV2', attributes, [padded ?? x, list, axis]),
  );
  eager.free(axis);
  if (padded !== undefined) eager.free(padded);
  return aligned;
}

function padOneChannel(eager: EagerRuntime, x: Tensor) {
  const around = new Int32Array(2 * x.rank);
  around[2 * x.rank - 1] = 1;
  const paddings = eager.constant(around, [x.rank, 2]);
  const attributes = [eager.float32, eager.type('Tpaddings', eager.binding.TF_INT32)];
  const [padded] = eager.runRaw('Pad', attributes, [x, paddings], 1);
  eager.free(paddings);
  return padded!;
}
