import type { NamedPiece } from './piece-rows.js';
import { type Piece, sizeOf } from './pieces.js';
import type { ArchivedFile } from './run-archive.js';

/** Files by their pieces, which are in the order of names and places. */
export function archivedFiles(pieces: readonly NamedPiece[]): readonly ArchivedFile[] {
  const byName = new Map<string, NamedPiece[]>();
  for (const piece of pieces) {
    const others = byName.get(piece.name);
    if (others) others.push(piece);
    else byName.set(piece.name, [piece]);
  }
  return [...byName].map(([name, own]) => archivedFile(name, own as [NamedPiece, ...NamedPiece[]]));
}

export function archivedFile(name: string, pieces: readonly [Piece, ...Piece[]]): ArchivedFile {
  const [first] = pieces;
  const last = pieces.at(-1)!;
  return {
    name,
    sizeBytes: sizeOf(pieces),
    digest: first.isWhole ? first.digest : undefined,
    changedAt: last.changedAt,
  };
}
