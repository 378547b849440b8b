import { maxSampleFileBytes } from '@moda/module-format';

/** Bytes that each file of a package may have; what a check keeps in memory follows from these. */
export const maxFileBytes: Readonly<Record<string, number>> = {
  // A network of a hundred layers given as data has some hundred kilobytes.
  'module.json': 8 * 1024 * 1024,
  // 2^30 float32 values, the most that an architecture may have, and the longest header.
  'weights.safetensors': 2 ** 32 + 8 + 8 * 1024 * 1024,
  // Read whole: VGG16 with 1,000 classes has 25 MB.
  'rates.safetensors': 32 * 1024 * 1024,
  // Read whole: some test images.
  'samples.safetensors': maxSampleFileBytes,
  // Read whole: an epoch has some hundred bytes.
  'history.json': 16 * 1024 * 1024,
  // A page for people.
  'README.md': 1024 * 1024,
};

/** Without these a package is no model. */
export const requiredPaths: readonly string[] = ['module.json', 'weights.safetensors'];

/** How long a publication may take from its announcement to its release. */
export const draftLifetimeMs = 24 * 60 * 60 * 1000;

/** Releases whose files are checked at once; each may hold activation rates in memory. */
export const checksAtOnce = 2;

/** Threshold at which modules are measured where the manifest names none: the one of the study. */
export const defaultTau = 0.9;

/** Characters of a description: some sentences. The card has room for more. */
export const maxDescriptionCharacters = 2000;
