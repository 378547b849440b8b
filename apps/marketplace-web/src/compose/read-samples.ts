import { ModaError } from '@moda/contracts';
import { decodeSampleImages, type SampleImages, sampleImagesPath } from '@moda/module-format';
import type { FileReader } from './file-reader';
import { fileOf, type Parent } from './read-parent';

/**
 * The test images that a model was published with, and what the whole model says of them.
 *
 * @returns undefined where it was published without them
 * @throws ModaError SAMPLES_INVALID where they are not images of this model, and what reading files throws
 */
export async function readSamples(parent: Parent, files: FileReader): Promise<SampleImages | undefined> {
  const file = fileOf(parent.package, sampleImagesPath);
  if (file === undefined) return undefined;
  const samples = decodeSampleImages(await files.whole(file));
  const { height, width, channels } = parent.architecture.input;
  const fits =
    samples.height === height &&
    samples.width === width &&
    samples.channels === channels &&
    samples.classNames.length === parent.manifest.classes.length;
  if (!fits)
    throw new ModaError(
      'SAMPLES_INVALID',
      'The sample images of this version do not fit its network; drop, paste or draw an image instead.',
    );
  // A worker cannot hand over a part of a file alone: copies of the arrays can go.
  return {
    ...samples,
    images: samples.images.slice(),
    labels: samples.labels.slice(),
    logits: samples.logits.slice(),
  };
}
