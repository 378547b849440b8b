import type { ByteRange } from '@moda/blob-store';
import { isModaError, ModaError } from '@moda/contracts';
import type { ArchiveParts } from './open-run-archive.js';
import { piecesOfRun } from './piece-rows.js';
import { type Piece, sizeOf } from './pieces.js';

interface Wanted {
  readonly id: string;
  readonly name: string;
}

/** The bytes of a file piece by piece. Pieces may be joined meanwhile: then it goes on in what they became. */
export async function* readFile(
  parts: ArchiveParts,
  wanted: Wanted,
  range: ByteRange = {},
): AsyncGenerator<Uint8Array> {
  let pieces = await find(parts, wanted);
  const { start, end } = within(range, sizeOf(pieces));
  let at = start;
  for (let isSecondTry = false; at < end;) {
    const before = at;
    const piece = pieces.find(({ startByte, sizeBytes }) => startByte <= at && at < startByte + sizeBytes);
    try {
      if (piece === undefined) throw gone(wanted);
      for await (const bytes of parts.blobs.store.get(piece.digest, partOf(piece, at, end))) {
        at += bytes.length;
        yield bytes;
      }
      if (at === before) throw gone(wanted);
      isSecondTry = false;
    } catch (error) {
      const wasRemoved = isModaError(error) && error.code === 'BLOB_NOT_FOUND';
      if (!wasRemoved || isSecondTry) throw error;
      const again = await find(parts, wanted);
      // Another file of the same name: its bytes do not belong behind those that were given.
      if (at > start && piece?.isWhole === true) throw gone(wanted);
      pieces = again;
      isSecondTry = true;
    }
  }
}

async function find({ database }: ArchiveParts, wanted: Wanted): Promise<readonly Piece[]> {
  const pieces = await database.read((store) => piecesOfRun(store, wanted.id, wanted.name));
  if (pieces.length === 0) throw gone(wanted);
  return pieces;
}

/** The whole piece is asked for as such, for then it is checked. */
function partOf({ startByte, sizeBytes }: Piece, at: number, end: number): ByteRange | undefined {
  const last = Math.min(end - startByte, sizeBytes);
  return at === startByte && last === sizeBytes ? undefined : { start: at - startByte, end: last };
}

function within({ start = 0, end = Number.MAX_SAFE_INTEGER }: ByteRange, sizeBytes: number) {
  const isPossible = [start, end].every((value) => Number.isSafeInteger(value) && value >= 0);
  if (isPossible && start <= end && start <= sizeBytes) return { start, end: Math.min(end, sizeBytes) };
  throw new ModaError(
    'BLOB_RANGE_INVALID',
    `There is no range from byte ${start} to ${end} in a file of ${sizeBytes} bytes; ask for a part of it.`,
    { start, end, sizeBytes },
  );
}

function gone({ id, name }: Wanted): ModaError {
  return new ModaError(
    'ARTIFACT_MISSING',
    `Run ${id} has no file ${name} in the archive; \`artifacts\` lists those it has announced.`,
  );
}
