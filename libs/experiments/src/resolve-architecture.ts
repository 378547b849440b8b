import { ModaError } from '@moda/contracts';
import { type Architecture, buildArchitecture, type ImageShape, parseArchitecture } from '@moda/nn';
import { readInput } from './files/read-input.js';

/** A built-in architecture by name, or one from a JSON file (any name that ends in `.json`). */
export async function resolveArchitecture(
  name: string,
  input: ImageShape,
  classes: number,
): Promise<Architecture> {
  return buildArchitecture(await architectureSource(name), { input, classes });
}

/** What `buildArchitecture` makes an architecture of: the name of a built-in one, or what its JSON file holds. */
export async function architectureSource(name: string): Promise<unknown> {
  return name.endsWith('.json') ? readJson(name) : name;
}

/** The images that an architecture file is for; undefined for a built-in architecture, which takes many sizes. */
export function ownInput(source: unknown): ImageShape | undefined {
  return typeof source === 'string' ? undefined : parseArchitecture(source).input;
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
