import { type CutPlan, cutWeights, type ReadRange } from '@moda/moda/surgery';
import type { PackageFile } from '@moda/module-format';
import type { FileReader } from './file-reader';

/** What of the parent's weights came for a cut. */
export type WeightsCame =
  /** The file, and its digest is what the package lists. */
  | 'whole'
  /** Parts of it, which no digest covers. */
  | 'ranges';

/** Where the ranges of a cut are nearly the file, the file is read: then it can be checked, and other cuts need no further byte. */
const nearlyAll = 0.75;

/** Larger files are not held in memory for that. */
const maxWholeBytes = 64 * 1024 * 1024;

/** Decides how the weights of the parent come, and reads them so. */
export async function weightsReader(
  plan: CutPlan,
  file: PackageFile,
  files: FileReader,
): Promise<{ readonly came: WeightsCame; readonly read: ReadRange }> {
  const needed = await neededBytes(plan);
  if (file.sizeBytes > maxWholeBytes || needed < nearlyAll * file.sizeBytes)
    return { came: 'ranges', read: (start, end) => files.part(file, start, end) };
  const whole = await files.whole(file);
  return { came: 'whole', read: async (start, end) => whole.subarray(start, end) };
}

/** Bytes of the parent that a cut asks for: found out by cutting zeros. */
async function neededBytes(plan: CutPlan): Promise<number> {
  let needed = 0;
  const zeros: ReadRange = async (start, end) => {
    needed += end - start;
    return new Uint8Array(end - start);
  };
  const cut = cutWeights(plan, zeros);
  while ((await cut.next()).done !== true);
  return needed;
}
