import { decodeSampleImages } from '@moda/module-format';
import { ModaError } from '@moda/contracts';
import type { DeviceReport } from '@moda/tensor-backend';
import { nameTheFile } from '../files/name-the-file.js';
import { readInput } from '../files/read-input.js';
import { readModel } from '../model/model-folder.js';
import type { RunContext } from '../run-context.js';
import { sampleLogits } from './sample-logits.js';

export interface LogitsOfSamplesOptions {
  /** Folder of a model, a module or a composition. */
  readonly model: string;
  /** `samples.safetensors` of that model, or of the one that it was cut from. */
  readonly samples: string;
}

export interface LogitsOfSamplesResult {
  /** The outputs of the model, by their index in it. */
  readonly classes: readonly { readonly index: number; readonly name: string }[];
  /** `[image][output]` */
  readonly logits: readonly (readonly number[])[];
  /** True class of each image, as a position among the outputs of the whole model. */
  readonly labels: readonly number[];
  readonly device: DeviceReport;
}

/**
 * What a model answers to the sample images, normalised as they say, in inference mode. Writes nothing.
 *
 * @throws ModaError SAMPLES_INVALID, INPUT_SHAPE, and what `readModel` throws
 */
export async function logitsOfSamples(
  options: LogitsOfSamplesOptions,
  context: RunContext,
): Promise<LogitsOfSamplesResult> {
  const { manifest, network } = await readModel(options.model);
  const bytes = await readInput(options.samples, 'MODEL_INVALID', 'the sample images');
  const samples = nameTheFile(options.samples, () => decodeSampleImages(bytes));
  const { input } = network.architecture;
  const sizeOf = ({ height, width, channels }: typeof input) => `${height}x${width}x${channels}`;
  if (sizeOf(samples) !== sizeOf(input))
    throw new ModaError(
      'INPUT_SHAPE',
      `The sample images are of ${sizeOf(samples)}, but the model takes ${sizeOf(input)}; take those of the model that it was cut from.`,
    );
  const backend = await context.backend();
  const logits = await sampleLogits(backend, network, samples, context.signal);
  const outputs = manifest.classes.length;
  return {
    classes: manifest.classes.map(({ index, name }) => ({ index, name })),
    logits: Array.from({ length: samples.count }, (_, row) => [
      ...logits.subarray(row * outputs, (row + 1) * outputs),
    ]),
    labels: [...samples.labels],
    device: backend.device,
  };
}
