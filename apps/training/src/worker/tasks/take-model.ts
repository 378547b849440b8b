import { constants } from 'node:fs';
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isTemporary } from '../artifacts.js';

const ratesName = 'rates.safetensors';

export interface TakenModel {
  /** Whether it was measured before which units each class needs. */
  readonly hasRates: boolean;
}

/** Copies a finished model into a folder of one's own, which is not there yet; its bytes are shared where the disk can do so. */
export async function takeModel(source: string, out: string): Promise<TakenModel> {
  const names = (await readdir(source)).filter((name) => !isTemporary(name));
  await mkdir(out, { recursive: true });
  for (const name of names) await copyFile(join(source, name), join(out, name), constants.COPYFILE_FICLONE);
  return { hasRates: names.includes(ratesName) };
}
