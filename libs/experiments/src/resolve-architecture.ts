import { ModaError } from '@moda/contracts';
import { type Architecture, buildArchitecture, type ImageShape, parseArchitecture } from '@moda/nn';
import { readInput } from './files/read-input.js';

/** A built-in architecture by name, or one from a JSON file (any name that ends in `.json`). */
export async function resolveArchitecture(
  name: string,
  input: ImageShape,
  classes: number,
): Promise<Architecture> {
  return buildArchitecture(name.endsWith('.json') ? await readJson(name) : name, { input, classes });
}

/** The images that an architecture file is for; undefined for a built-in architecture, which takes many sizes. */
export async function ownInput(name: string): Promise<ImageShape | undefined> {
  return name.endsWith('.json') ? parseArchitecture(await readJson(name)).input : undefined;
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
