import { copyFileSync, linkSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { checkpointNames, type RunFiles } from './run-files.js';

/** More would fill the disk: each is twice as large as the model. */
export const maxKept = 10;

/** Where a run keeps its checkpoint of so many whole epochs for those who begin with it. */
export function keptCheckpoint({ checkpoints }: Pick<RunFiles, 'checkpoints'>, epoch: number): string {
  return join(checkpoints, `epoch-${epoch}.safetensors`);
}

/** Epochs of the checkpoints that a run keeps, ascending. */
export async function keptEpochs({ checkpoints }: Pick<RunFiles, 'checkpoints'>): Promise<number[]> {
  return epochsIn(await readdir(checkpoints).catch(() => []));
}

/**
 * Keeps the newest checkpoint of a run under its epoch: by a second name of the same file where the file system has such, so that it costs
 * no copy. One that is kept already stays. Of more than `maxKept` those go that leave the smallest gaps, never the newest.
 */
export function keepCheckpoint(files: Pick<RunFiles, 'model' | 'checkpoints'>, epoch: number): void {
  mkdirSync(files.checkpoints, { recursive: true, mode: 0o700 });
  secondName(join(files.model, checkpointNames[0]), keptCheckpoint(files, epoch));
  const epochs = epochsIn(readdirSync(files.checkpoints));
  for (const thinned of thin(epochs, maxKept)) rmSync(keptCheckpoint(files, thinned), { force: true });
}

/** Which of some ascending epochs to let go, so that at most so many stay, as evenly as they can. */
export function thin(epochs: readonly number[], most: number): number[] {
  const kept = [...epochs];
  const gone: number[] = [];
  while (kept.length > Math.max(1, most)) {
    let best = 0;
    for (let i = 1; i < kept.length - 1; i += 1) if (gapWithout(kept, i) < gapWithout(kept, best)) best = i;
    gone.push(...kept.splice(best, 1));
  }
  return gone;
}

/** Epochs between the neighbours of one; the beginning of the run is the first one's. */
function gapWithout(kept: readonly number[], i: number): number {
  return (kept[i + 1] ?? Infinity) - (kept[i - 1] ?? 0);
}

/** Epochs of the checkpoints among some names of files, ascending. */
export function epochsIn(names: readonly string[]): number[] {
  return names
    .flatMap((name) => /^epoch-(\d+)\.safetensors$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

function secondName(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST') return;
    if (code === 'ENOENT') throw error;
    const temporary = `${to}.partial`;
    copyFileSync(from, temporary);
    renameSync(temporary, to);
  }
}
