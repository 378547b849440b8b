import { writeSafetensors } from '@moda/module-format';
import { type ImageShape, predictAll } from '@moda/nn';
import type { DeviceReport } from '@moda/tensor-backend';
import { spareInputs } from '../files/spare-inputs.js';
import { writeAtomically } from '../files/write-atomically.js';
import { readModel } from '../model/model-folder.js';
import type { RunContext } from '../run-context.js';
import { withModel } from '../with-model.js';
import { type ImageLayout, imagesOf, type Images, readTensorFile } from './image-tensor.js';

export interface PredictOptions {
  readonly model: string;
  /** safetensors file with `images`, float32, already normalised. */
  readonly input: string;
  /** safetensors file to write: `logits` `[N, K]`. */
  readonly output: string;
  readonly layout: ImageLayout;
}

export interface PredictResult {
  readonly count: number;
  readonly classes: number;
  readonly output: string;
  readonly device: DeviceReport;
}

const batchSize = 250;

/** Logits of a stored model for the images of a file. */
export async function predictFile(options: PredictOptions, context: RunContext): Promise<PredictResult> {
  await spareInputs(options.output, { files: [options.input], folders: [options.model] });
  const { network } = await readModel(options.model);
  const { input } = network.architecture;
  const images = imagesOf(await readTensorFile(options.input), options.input, options.layout, input);
  const backend = await context.backend();
  const { count, classes, logits } = await withModel(backend, network, (model) =>
    predictAll(backend, model, input, unlabelledBatches(images, input), context.signal),
  );
  const bytes = writeSafetensors([['logits', { dtype: 'F32', shape: [count, classes], data: logits }]]);
  await writeAtomically(options.output, bytes);
  return { count, classes, output: options.output, device: backend.device };
}

function* unlabelledBatches({ count, data }: Images, { height, width, channels }: ImageShape) {
  const imageSize = height * width * channels;
  for (let start = 0; start < count; start += batchSize) {
    const size = Math.min(batchSize, count - start);
    const images = data.subarray(start * imageSize, (start + size) * imageSize);
    yield { size, images, labels: new Int32Array(size) };
  }
}
