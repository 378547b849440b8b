import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { linkTo, writeWhole } from './durable-files.mjs';

/**
 * Puts addon and libraries where the package looks for them. The libraries stay in the cache and are linked; the addon is
 * copied, because its run path begins at its own place.
 * @param {{ packageFolder: string, libraries: string, addonPlace: string, addonBytes: Uint8Array, gpu: boolean }} options
 */
export async function linkPackage({ packageFolder, libraries, addonPlace, addonBytes, gpu }) {
  const deps = path.join(packageFolder, 'deps');
  await mkdir(deps, { recursive: true });
  await linkTo(path.join(libraries, 'tensorflow'), path.join(deps, 'lib'));
  // TensorFlow looks for CUDA's compiler beside its own folder by name, that is, without following the link above.
  const nvidia = path.join(deps, 'nvidia');
  if (gpu) await linkTo(path.join(libraries, 'nvidia'), nvidia);
  else await rm(nvidia, { recursive: true, force: true });
  await writeWhole(addonPlace, addonBytes, 0o755);
}
