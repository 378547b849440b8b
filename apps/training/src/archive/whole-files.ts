import type { BlobContent, StoredBlob } from '@moda/blob-store';
import { ModaError } from '@moda/contracts';
import type { Store } from '@moda/service-kit/database';
import { archivedFile } from './archived-files.js';
import type { ArchiveParts } from './open-run-archive.js';
import { deletePieces, type FilePlace, insertPiece, lockedPieces, piecesOfRun } from './piece-rows.js';
import type { Piece } from './pieces.js';
import type { ArchivedFile, PutExpectation } from './run-archive.js';

export async function put(
  { blobs, clock }: ArchiveParts,
  place: FilePlace,
  content: BlobContent,
  { changedAt, ...expected }: PutExpectation = {},
): Promise<ArchivedFile> {
  for (;;) {
    const stored = await blobs.store.put(content, { expected });
    const piece = wholePiece(stored, changedAt ?? clock());
    const replaced = await blobs.refer(stored.digest, (store) => replace(store, place, piece));
    if (replaced !== 'gone') {
      blobs.release(replaced.filter((digest) => digest !== stored.digest));
      return archivedFile(place.name, [piece]);
    }
    // The same bytes were unreferred long before, and removed just now. A stream cannot be read again.
    if (!(content instanceof Uint8Array))
      throw new ModaError(
        'BLOB_NOT_FOUND',
        `The bytes of ${place.name} were removed while they were stored; put the file again.`,
      );
  }
}

export async function link(
  { blobs, database }: ArchiveParts,
  from: { readonly id: string; readonly name: string },
  place: FilePlace,
): Promise<ArchivedFile | undefined> {
  const [found] = await database.read((store) => piecesOfRun(store, from.id, from.name));
  if (!found?.isWhole) return undefined;
  const { digest, sizeBytes, changedAt } = found;
  const piece = wholePiece({ digest, sizeBytes }, changedAt);
  const replaced = await blobs.refer(digest, (store) => replace(store, place, piece));
  if (replaced === 'gone') return undefined;
  blobs.release(replaced.filter((each) => each !== digest));
  return archivedFile(place.name, [piece]);
}

function wholePiece(
  { digest, sizeBytes }: Pick<Piece, 'digest' | 'sizeBytes'> | StoredBlob,
  changedAt: Date,
): Piece {
  return { startByte: 0, sizeBytes, digest, isWhole: true, changedAt };
}

/** Answers with the digests that were there before. */
async function replace(store: Store, place: FilePlace, piece: Piece): Promise<readonly string[]> {
  const before = await lockedPieces(store, place);
  await deletePieces(store, place, before);
  await insertPiece(store, place, piece);
  return before.map(({ digest }) => digest);
}
