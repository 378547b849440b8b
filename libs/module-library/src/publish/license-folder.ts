import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isModaError, ModaError } from '@moda/contracts';
import { type ModelManifest, parseManifest, serialiseManifest } from '@moda/module-format';
import { fileErrorCode, reasonOf } from '../files/reason-of.js';
import { writeAtomically } from '../files/write-atomically.js';

/**
 * Makes sure that a model folder says its licence: the given one is written into `module.json` and into the front matter of
 * the card, where there is one.
 *
 * @param license SPDX identifier or expression
 * @throws ModaError LICENSE_MISSING, MODEL_INVALID
 */
export async function licenseFolder(folder: string, license: string | undefined): Promise<ModelManifest> {
  const path = join(folder, 'module.json');
  const manifest = await readManifest(path);
  if (license === undefined || license === manifest.license) {
    if (manifest.license !== undefined) return manifest;
    throw new ModaError(
      'LICENSE_MISSING',
      `The model ${folder} says no licence; give it one with --license, as in --license Apache-2.0.`,
      { path: folder },
    );
  }
  const licensed = { ...manifest, license };
  const text = serialised(licensed, license);
  await relicenseCard(join(folder, 'README.md'), license);
  await writeAtomically(path, text);
  return licensed;
}

async function readManifest(path: string): Promise<ModelManifest> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new ModaError('MODEL_INVALID', `Cannot read the model ${path}: ${reasonOf(error)}.`, { path });
  }
  return parseManifest(text);
}

function serialised(manifest: ModelManifest, license: string): string {
  try {
    return serialiseManifest(manifest);
  } catch (error) {
    if (!isModaError(error)) throw error;
    throw new ModaError(
      'USAGE',
      `${JSON.stringify(license)} is no licence; give an SPDX identifier, as in Apache-2.0 or CC-BY-4.0.`,
    );
  }
}

/** Only the line of the front matter changes: the rest of a card may be somebody's own words. */
async function relicenseCard(path: string, license: string): Promise<void> {
  let card: string;
  try {
    card = await readFile(path, 'utf8');
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return;
    throw new ModaError('MODEL_INVALID', `Cannot read the card ${path}: ${reasonOf(error)}.`, { path });
  }
  const changed = card.replace(
    /^(---\r?\n(?:(?!---)[^\n]*\n)*?license:)[^\r\n]*/,
    (_line, before: string) => `${before} ${/^[\w.+-]+$/.test(license) ? license : JSON.stringify(license)}`,
  );
  const renamed = changed.replace(/ Licence: [^\n]*?\.(?=\r?\n)/, () => ` Licence: ${license}.`);
  if (renamed !== card) await writeAtomically(path, renamed);
}
