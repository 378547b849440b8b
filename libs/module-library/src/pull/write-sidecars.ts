import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  canonicalJson,
  packageManifestPath,
  packageSignaturePath,
  serialisePackage,
} from '@moda/module-format';
import { syncFolder } from '../files/sync-folder.js';
import { writeAtomically } from '../files/write-atomically.js';
import type { SignedPackage } from './source.js';

/** Writes what a pulled folder has beside the files of its package: manifest, signature and, for a cut, the card. */
export async function writeSidecars(
  work: string,
  { manifest, signature }: SignedPackage,
  renderCard: ((manifestText: string) => string) | undefined,
): Promise<void> {
  await writeAtomically(join(work, packageManifestPath), serialisePackage(manifest));
  if (signature) await writeAtomically(join(work, packageSignaturePath), canonicalJson(signature));
  if (manifest.derivation && renderCard)
    await writeAtomically(
      join(work, 'README.md'),
      renderCard(await readFile(join(work, 'module.json'), 'utf8')),
    );
  await syncFolder(work);
}
