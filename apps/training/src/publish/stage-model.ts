import { randomUUID } from 'node:crypto';
import { access, copyFile, link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ModelSource, packageDigest, parseManifest, serialiseManifest } from '@moda/module-format';
import { licenseFolder, packFolder } from '@moda/module-library';
import type { RunRecord } from '../runs/run-record.js';
import type { RunFiles } from '../worker/run-files.js';
import { sourcesOf } from './lineage.js';

export interface StagePlaces {
  readonly runOf: (id: string) => Promise<RunRecord | undefined>;
  readonly filesOf: (id: string) => Pick<RunFiles, 'folder' | 'model'>;
  /** Brings the model of a run into its folder where it is not there any more, if it can be had. */
  readonly bringModel: (id: string) => Promise<void>;
}

const manifestName = 'module.json';
const cardName = 'README.md';

/**
 * Does something with the model of a run as it is published: with its licence, and with the packages that it was made of by the digests that
 * they have under the same licence, published before or later. The files of the run itself stay as they were announced.
 *
 * @throws ModaError MODEL_INVALID, LICENSE_MISSING, USAGE for a licence that is none
 */
export async function withStagedModel<T>(
  run: RunRecord,
  license: string,
  places: StagePlaces,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const { folder, model } = places.filesOf(run.id);
  const staged = join(folder, `publishing-${randomUUID()}`);
  try {
    await mkdir(staged, { recursive: true, mode: 0o700 });
    for (const name of await readdir(model)) await take(join(model, name), join(staged, name));
    await licenseFolder(staged, license);
    await nameSources(run, license, places, staged);
    return await work(staged);
  } finally {
    await rm(staged, { recursive: true, force: true });
  }
}

/** Whether there is a whole model of a run: its manifest is written last. */
export async function holdsModel(id: string, { bringModel, filesOf }: StagePlaces): Promise<boolean> {
  await bringModel(id);
  return access(join(filesOf(id).model, manifestName)).then(
    () => true,
    () => false,
  );
}

/** The same bytes under another name; whoever changes one of the names replaces it. */
async function take(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to));
}

async function nameSources(
  run: RunRecord,
  license: string,
  places: StagePlaces,
  staged: string,
): Promise<void> {
  const path = join(staged, manifestName);
  const manifest = parseManifest(await readFile(path, 'utf8'));
  if (manifest.derivedFrom === undefined) return;
  const sources = await sourcesOf(run, places.runOf);
  const derivedFrom: ModelSource[] = [];
  for (const source of manifest.derivedFrom) {
    const from = sources.get(source.role);
    // One that is gone by now keeps the digest that it had, if it was known.
    const isThere = from !== undefined && (await holdsModel(from.id, places));
    derivedFrom.push(isThere ? { ...source, digest: await publishedDigest(from, license, places) } : source);
  }
  await replaceFile(path, serialiseManifest({ ...manifest, derivedFrom }));
  await renameSources(join(staged, cardName), manifest.derivedFrom, derivedFrom);
}

/** The card speaks of them by the digests that they had without a licence. */
async function renameSources(
  card: string,
  before: readonly ModelSource[],
  after: readonly ModelSource[],
): Promise<void> {
  const text = await readFile(card, 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const renamed = before.reduce(
    (words, { digest }, i) =>
      digest === undefined ? words : words.replaceAll(digest, after[i]?.digest ?? digest),
    text,
  );
  await replaceFile(card, renamed);
}

/** By a new file: the old one is still that of the run. */
async function replaceFile(path: string, text: string): Promise<void> {
  await rm(path);
  await writeFile(path, text);
}

function publishedDigest(run: RunRecord, license: string, places: StagePlaces): Promise<string> {
  return withStagedModel(run, license, places, async (folder) => packageDigest(await packFolder(folder)));
}
