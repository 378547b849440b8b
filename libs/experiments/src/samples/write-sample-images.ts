import { join } from 'node:path';
import {
  encodeSampleImages,
  maxSampleFileBytes,
  maxSampleImages,
  sampleImagesPath,
} from '@moda/module-format';
import { writeAtomically } from '../files/write-atomically.js';
import { datasetOfModel } from '../model/dataset-of-model.js';
import { describeDevice } from '../model/manifest-of-training.js';
import { readModel } from '../model/model-folder.js';
import { programVersion } from '../model/version.js';
import type { RunContext } from '../run-context.js';
import { sampleLogits } from './sample-logits.js';
import { spreadOverClasses } from './spread-over-classes.js';

export interface WriteSampleImagesOptions {
  /** Folder of a model that says what it was trained on. */
  readonly model: string;
  readonly dataDir?: string | undefined;
}

/** Room for the header of a file of samples: names of classes and tools. */
const headerRoomBytes = 2 * 1024 * 1024;

/**
 * Puts `samples.safetensors` into a model folder: up to 64 test images, spread over the classes, with what the model answers to them, so
 * that whoever runs it elsewhere can try it and compare. Always the same file for the same model on the same machine.
 *
 * @returns how many images, 0 where not even one would fit into such a file; there is none then
 */
export async function writeSampleImages(
  { model, dataDir }: WriteSampleImagesOptions,
  context: RunContext,
): Promise<number> {
  const stored = await readModel(model);
  const dataset = await datasetOfModel(stored, { dataDir });
  const { classNames, height, width, channels, normalisation, name, test } = dataset;
  const imageBytes = height * width * channels;
  const roomBytes = maxSampleFileBytes - headerRoomBytes;
  const most = Math.min(maxSampleImages, Math.floor(roomBytes / (imageBytes + 4 + 4 * classNames.length)));
  const chosen = spreadOverClasses(test.labels.subarray(0, test.count), classNames.length, most);
  if (chosen.length === 0) return 0;
  const images = new Uint8Array(chosen.length * imageBytes);
  chosen.forEach((index, at) =>
    images.set(test.images.subarray(index * imageBytes, (index + 1) * imageBytes), at * imageBytes),
  );
  const labels = Int32Array.from(chosen, (index) => test.labels[index] ?? 0);
  const shown = { count: chosen.length, height, width, channels, images, labels, normalisation };
  const backend = await context.backend();
  const logits = await sampleLogits(backend, stored.network, shown, context.signal);
  const file = encodeSampleImages({
    ...shown,
    logits,
    classNames: stored.manifest.classes.map((own) => own.name),
    dataset: name,
    computedBy: { moda: programVersion, device: describeDevice(backend.device) },
  });
  await writeAtomically(join(model, sampleImagesPath), file);
  return chosen.length;
}
