import type { RunArchive } from '../archive/run-archive.js';
import { epochsIn, keptEpochs } from '../worker/kept-checkpoints.js';
import type { RunFiles } from '../worker/run-files.js';

const folder = 'checkpoints/';

/** Epochs of the checkpoints that a run keeps, ascending: those of its folder, or of the archive where the folder has none. */
export async function epochsOfRun(
  archive: Pick<RunArchive, 'files'>,
  id: string,
  files: Pick<RunFiles, 'checkpoints'>,
): Promise<number[]> {
  const inFolder = await keptEpochs(files);
  if (inFolder.length > 0) return inFolder;
  const names = (await archive.files(id)).map(({ name }) => name);
  return epochsIn(names.filter((name) => name.startsWith(folder)).map((name) => name.slice(folder.length)));
}
