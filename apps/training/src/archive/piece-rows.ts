import { ModaError } from '@moda/contracts';
import type { Store } from '@moda/service-kit/database';
import { and, asc, eq, inArray } from 'drizzle-orm';
import { filePieces, runs } from '../runs/schema/index.js';
import type { Piece } from './pieces.js';

/** A file, by the number of its run. */
export interface FilePlace {
  readonly run: number;
  readonly name: string;
}

export interface NamedPiece extends Piece {
  readonly name: string;
}

const columns = {
  name: filePieces.name,
  startByte: filePieces.startByte,
  sizeBytes: filePieces.sizeBytes,
  digest: filePieces.digest,
  isWhole: filePieces.isWhole,
  changedAt: filePieces.changedAt,
};

const ofFile = ({ run, name }: FilePlace) => and(eq(filePieces.run, run), eq(filePieces.name, name));

/** @throws ModaError RUN_UNKNOWN */
export async function numberOfRun(store: Store, id: string): Promise<number> {
  const [row] = await store.select({ number: runs.number }).from(runs).where(eq(runs.id, id));
  if (row) return row.number;
  throw new ModaError('RUN_UNKNOWN', `There is no run ${JSON.stringify(id.slice(0, 100))}.`);
}

/** Of one file or of all of a run, in order. */
export function piecesOfRun(store: Store, id: string, name?: string): Promise<readonly NamedPiece[]> {
  return store
    .select(columns)
    .from(filePieces)
    .innerJoin(runs, eq(runs.number, filePieces.run))
    .where(and(eq(runs.id, id), name === undefined ? undefined : eq(filePieces.name, name)))
    .orderBy(asc(filePieces.name), asc(filePieces.startByte));
}

/** Until the transaction ends nobody else changes a file of the run. */
export async function lockedPieces(store: Store, place: FilePlace): Promise<readonly NamedPiece[]> {
  await store.select({ number: runs.number }).from(runs).where(eq(runs.number, place.run)).for('update');
  return piecesOfFile(store, place);
}

export function piecesOfFile(store: Store, place: FilePlace): Promise<readonly NamedPiece[]> {
  return store.select(columns).from(filePieces).where(ofFile(place)).orderBy(asc(filePieces.startByte));
}

export async function insertPiece(store: Store, place: FilePlace, piece: Piece): Promise<void> {
  const { startByte, sizeBytes, digest, isWhole, changedAt } = piece;
  await store.insert(filePieces).values({ ...place, startByte, sizeBytes, digest, isWhole, changedAt });
}

export async function deletePieces(
  store: Store,
  place: FilePlace,
  pieces: readonly Pick<Piece, 'startByte'>[],
): Promise<void> {
  if (pieces.length === 0) return;
  const starts = pieces.map(({ startByte }) => startByte);
  await store.delete(filePieces).where(and(ofFile(place), inArray(filePieces.startByte, starts)));
}

/** From now on it is, or is no longer, all there will be of the file. */
export async function markWhole(store: Store, place: FilePlace, isWhole: boolean): Promise<void> {
  await store.update(filePieces).set({ isWhole }).where(ofFile(place));
}

/** Those of some digests that a file of any run refers to. */
export async function referredOf(store: Store, digests: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await store
    .selectDistinct({ digest: filePieces.digest })
    .from(filePieces)
    .where(inArray(filePieces.digest, [...digests]));
  return new Set(rows.map(({ digest }) => digest));
}
