import { type CutPlan, type ReadRange, sourcePieces } from '@moda/moda/surgery';
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

/** Bytes that nobody needs and that cost no more than a request: 50 ms at 30 Mbit/s, of which six others use the time. */
export const maxGapBytes = 32 * 1024;

/** So many a browser has under way to one place over HTTP/1.1. */
const mostAtOnce = 6;

/** Decides how the weights of the parent come, and reads them so. */
export async function weightsReader(
  plan: CutPlan,
  file: PackageFile,
  files: FileReader,
): Promise<{ readonly came: WeightsCame; readonly read: ReadRange }> {
  const pieces = [...sourcePieces(plan.tensors, { start: 0, end: plan.weightsBytes, maxGapBytes })];
  const needed = pieces.reduce((sum, { start, end }) => sum + end - start, 0);
  if (file.sizeBytes > maxWholeBytes || needed < nearlyAll * file.sizeBytes)
    return { came: 'ranges', read: readAhead(pieces, (start, end) => files.part(file, start, end)) };
  const whole = await files.whole(file);
  return { came: 'whole', read: async (start, end) => whole.subarray(start, end) };
}

type ReadPart = (start: number, end: number) => Promise<Uint8Array>;

/** Reads pieces in the order in which they will be asked for, some ahead of who asks. */
function readAhead(
  pieces: readonly { readonly start: number; readonly end: number }[],
  read: ReadPart,
): ReadPart {
  const underWay = new Map<string, Promise<Uint8Array>>();
  let next = 0;

  function fill(): void {
    while (underWay.size < mostAtOnce && next < pieces.length) {
      const { start, end } = pieces[next++]!;
      const whenRead = read(start, end);
      // Awaited by who asks for it; until then a failure is not yet news.
      whenRead.catch(() => undefined);
      underWay.set(`${start}-${end}`, whenRead);
    }
  }

  return async (start, end) => {
    fill();
    const bytes = await (underWay.get(`${start}-${end}`) ?? read(start, end));
    underWay.delete(`${start}-${end}`);
    fill();
    return bytes;
  };
}
