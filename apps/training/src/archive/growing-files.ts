import { ModaError } from '@moda/contracts';
import { archivedFile } from './archived-files.js';
import type { ArchiveParts } from './open-run-archive.js';
import {
  deletePieces,
  type FilePlace,
  insertPiece,
  lockedPieces,
  markWhole,
  piecesOfFile,
} from './piece-rows.js';
import { type Piece, piecesToJoin, sizeOf } from './pieces.js';
import type { AppendOutcome, ArchivedFile } from './run-archive.js';

export async function appendTo(
  parts: ArchiveParts,
  place: FilePlace,
  offset: number,
  bytes: Uint8Array,
): Promise<AppendOutcome> {
  if (!Number.isSafeInteger(offset) || offset < 0)
    throw new ModaError(
      'BLOB_RANGE_INVALID',
      `Nothing can be added at byte ${offset} of a file; give a whole number from 0.`,
    );
  const { blobs, clock } = parts;
  for (;;) {
    const before = sizeOf(await current(parts, place));
    if (offset > before) return { kind: 'elsewhere', sizeBytes: before };
    const fresh = bytes.subarray(Math.min(before - offset, bytes.length));
    if (fresh.length === 0) return { kind: 'appended', sizeBytes: before };
    const { digest } = await blobs.store.put(fresh);
    const outcome = await blobs.refer(digest, async (store) => {
      const pieces = await lockedPieces(store, place);
      if (sizeOf(pieces) !== before) return 'moved';
      // An empty file has a piece of no bytes at its beginning.
      await deletePieces(store, place, before === 0 ? pieces : []);
      if (pieces[0]?.isWhole) await markWhole(store, place, false);
      const piece = {
        startByte: before,
        sizeBytes: fresh.length,
        digest,
        isWhole: false,
        changedAt: clock(),
      };
      await insertPiece(store, place, piece);
      return 'stored';
    });
    // Somebody else has added to it meanwhile, perhaps the same.
    if (outcome !== 'stored') continue;
    // What fails here is tried again with the next piece; this one is there.
    await joinLast(parts, place).catch(() => undefined);
    return { kind: 'appended', sizeBytes: before + fresh.length };
  }
}

export async function settle(parts: ArchiveParts, place: FilePlace): Promise<ArchivedFile | undefined> {
  for (;;) {
    const pieces = await current(parts, place);
    const [first, ...others] = pieces;
    if (first === undefined) return undefined;
    if (first.isWhole) return archivedFile(place.name, [first]);
    const joined = others.length === 0 ? first : await joinedOf(parts, pieces);
    const whole = { ...joined, isWhole: true };
    if (await putInPlace(parts, place, pieces, whole, 'all')) return archivedFile(place.name, [whole]);
  }
}

/** Keeps the number of pieces small while a file grows. */
async function joinLast(parts: ArchiveParts, place: FilePlace): Promise<void> {
  const last = piecesToJoin(await current(parts, place));
  if (last.length > 1) await putInPlace(parts, place, last, await joinedOf(parts, last), 'some');
}

const current = ({ database }: ArchiveParts, place: FilePlace): Promise<readonly Piece[]> =>
  database.read((store) => piecesOfFile(store, place));

async function joinedOf({ blobs }: ArchiveParts, pieces: readonly Piece[]): Promise<Piece> {
  const content = async function* () {
    for (const { digest } of pieces) yield* blobs.store.get(digest);
  };
  const [first] = pieces as readonly [Piece, ...Piece[]];
  const { changedAt } = pieces.at(-1)!;
  const stored = await blobs.store.put(content(), {
    expected: { sizeBytes: sizeOf(pieces) - first.startByte },
  });
  return { startByte: first.startByte, ...stored, isWhole: false, changedAt };
}

/** One piece in place of several, if those are still there. */
async function putInPlace(
  { blobs }: ArchiveParts,
  place: FilePlace,
  pieces: readonly Piece[],
  joined: Piece,
  of: 'all' | 'some',
): Promise<boolean> {
  const outcome = await blobs.refer(joined.digest, async (store) => {
    const now = await lockedPieces(store, place);
    if (of === 'all' && now.length !== pieces.length) return 'moved';
    const digests = new Map(now.map(({ startByte, digest }) => [startByte, digest]));
    if (!pieces.every(({ startByte, digest }) => digests.get(startByte) === digest)) return 'moved';
    await deletePieces(store, place, pieces);
    await insertPiece(store, place, joined);
    return 'joined';
  });
  if (outcome !== 'joined') return false;
  blobs.release(pieces.map(({ digest }) => digest).filter((digest) => digest !== joined.digest));
  return true;
}
