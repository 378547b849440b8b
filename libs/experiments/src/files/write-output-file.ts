import { ModaError } from '@moda/contracts';
import { reasonOf } from './read-input.js';
import { writeAtomically } from './write-atomically.js';

/** Writes a file that a person named; what goes wrong becomes a sentence. */
export async function writeOutputFile(path: string, content: Uint8Array | string): Promise<void> {
  try {
    await writeAtomically(path, content);
  } catch (error) {
    throw new ModaError('OUTPUT_EXISTS', `Cannot write ${path}: ${reasonOf(error)}.`, { path });
  }
}
