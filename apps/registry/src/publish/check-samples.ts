import { type BlobStore, readBlob } from '@moda/blob-store';
import { ModaError } from '@moda/contracts';
import { decodeSampleImages, type PackageFile } from '@moda/module-format';
import type { Architecture } from '@moda/nn/graph';

/**
 * Reads the sample images of a package, whole: `maxFileBytes` bounds them. They have to be what the network takes, and its answers of what
 * it answers.
 *
 * @throws ModaError SAFETENSORS_INVALID, SAMPLES_INVALID
 */
export async function checkSamples(
  blobs: Pick<BlobStore, 'get'>,
  { digest }: Pick<PackageFile, 'digest'>,
  { input }: Architecture,
  classes: number,
): Promise<void> {
  const samples = decodeSampleImages(await readBlob(blobs, digest));
  const sizeOf = ({ height, width, channels }: typeof input) => `${height}x${width}x${channels}`;
  if (sizeOf(samples) !== sizeOf(input))
    throw misfit(`are of ${sizeOf(samples)}, but the network takes ${sizeOf(input)}`);
  if (samples.classNames.length !== classes)
    throw misfit(`have ${samples.classNames.length} logits each, but the model has ${classes} classes`);
}

function misfit(fact: string): ModaError {
  return new ModaError(
    'SAMPLES_INVALID',
    `The images of samples.safetensors ${fact}; write the file anew or leave it out.`,
  );
}
