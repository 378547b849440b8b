import type { Database } from '@moda/service-kit/database';
import type { ArchiveBlobs } from './archive-blobs.js';
import { archivedFiles } from './archived-files.js';
import { appendTo, settle } from './growing-files.js';
import { checkFileName } from './file-name.js';
import { deletePieces, lockedPieces, numberOfRun, piecesOfRun } from './piece-rows.js';
import { readFile } from './read-file.js';
import type { RunArchive } from './run-archive.js';
import { link, put } from './whole-files.js';

/** What every part of the archive works with. */
export interface ArchiveParts {
  readonly database: Database;
  readonly blobs: ArchiveBlobs;
  readonly clock: () => Date;
}

export function openRunArchive(parts: ArchiveParts): RunArchive {
  const { blobs, database } = parts;
  const placeOf = async (id: string, name: string) => {
    checkFileName(name);
    return { run: await database.read((store) => numberOfRun(store, id)), name };
  };
  const filesOf = async (id: string, name?: string) =>
    archivedFiles(await database.read((store) => piecesOfRun(store, id, name)));

  return {
    append: async (id, name, offset, bytes) => appendTo(parts, await placeOf(id, name), offset, bytes),
    put: async (id, name, content, expected) => put(parts, await placeOf(id, name), content, expected),
    async link(from, id, name) {
      checkFileName(from.name);
      return link(parts, from, await placeOf(id, name));
    },
    settle: async (id, name) => settle(parts, await placeOf(id, name)),
    files: (id) => filesOf(id),
    async file(id, name) {
      checkFileName(name);
      return (await filesOf(id, name))[0];
    },
    async *read(id, name, range) {
      checkFileName(name);
      yield* readFile(parts, { id, name }, range);
    },
    async remove(id, name) {
      const place = await placeOf(id, name);
      const removed = await database.change(async (store) => {
        const pieces = await lockedPieces(store, place);
        await deletePieces(store, place, pieces);
        return pieces;
      });
      blobs.release(removed.map(({ digest }) => digest));
    },
  };
}
