import { realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ModaError } from '@moda/contracts';

/**
 * Makes sure, before any work, that a result will not replace what it is made of: an input, or a file of a model's folder.
 *
 * @throws ModaError OUTPUT_EXISTS
 */
export async function spareInputs(
  output: string,
  inputs: { readonly files: readonly string[]; readonly folders: readonly string[] },
): Promise<void> {
  const target = await trueName(output);
  for (const file of inputs.files) {
    if ((await trueName(file)) === target) throw occupied(output, `it is an input`);
  }
  for (const folder of inputs.folders) {
    if ((await trueName(folder)) === dirname(target))
      throw occupied(output, `${folder} is the folder of a model`);
  }
}

/** Where a path leads, links followed as far as there is something. */
async function trueName(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : join(await trueName(folder), basename(path));
  }
}

function occupied(path: string, fact: string): ModaError {
  return new ModaError(
    'OUTPUT_EXISTS',
    `The result cannot go to ${path}, because ${fact}; name another file.`,
    {
      path,
    },
  );
}
