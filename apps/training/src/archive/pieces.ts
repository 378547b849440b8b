/** A part of a file, which is a blob. */
export interface Piece {
  readonly startByte: number;
  readonly sizeBytes: number;
  readonly digest: string;
  readonly isWhole: boolean;
  readonly changedAt: Date;
}

/** More would make a long log slow to read. */
export const maxPieces = 64;

/** Of a file of which these are the pieces, in order. */
export function sizeOf(pieces: readonly Piece[]): number {
  const last = pieces.at(-1);
  return last === undefined ? 0 : last.startByte + last.sizeBytes;
}

/**
 * Which of the last pieces of a file to join once there are more than `maxPieces`; none before. A piece that is larger than all behind it
 * together stays as it is, so that a byte is written again a few times only, however long the file grows.
 */
export function piecesToJoin(pieces: readonly Piece[]): readonly Piece[] {
  if (pieces.length <= maxPieces) return [];
  const sizeBytes = sizeOf(pieces);
  const first = pieces.findIndex(({ startByte, sizeBytes: own }) => own <= sizeBytes - startByte - own);
  return first < 0 ? [] : pieces.slice(first);
}
