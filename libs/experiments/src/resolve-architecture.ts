import { ModaError } from '@moda/contracts';
import { type Architecture, buildArchitecture, type ImageShape } from '@moda/nn';
import { readInput } from './files/read-input.js';

/** A built-in architecture by name, or one from a JSON file (any name that ends in `.json`). */
export async function resolveArchitecture(
  name: string,
  input: ImageShape,
  classes: number,
): Promise<Architecture> {
  return buildArchitecture(name.endsWith('.json') ? await readJson(name) : name, { input, classes });
}

async function readJson(path: string): Promise<unknown> {
  const text = new TextDecoder().decode(
    await readInput(path, 'ARCHITECTURE_UNKNOWN', 'the architecture file'),
  );
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ModaError('ARCHITECTURE_INVALID', `The architecture file ${path} is not JSON: ${reason}.`, {
      path,
    });
  }
}
