import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { JournalBody } from './journal-body.js';

/** The files of a finished model, as a journal names them. */
export async function artifactsOf(model: string): Promise<JournalBody[]> {
  const names = (await readdir(model)).filter((name) => !isTemporary(name)).sort();
  return Promise.all(names.map((name) => artifactOf(join(model, name), `${basename(model)}/${name}`)));
}

/** A file, as a journal names it. */
export async function artifactOf(path: string, name: string): Promise<JournalBody> {
  const { size } = await stat(path);
  return { kind: 'artifact', name, digest: await digestOf(path), sizeBytes: size };
}

/** What stands beside a model only while it is made. */
export const isTemporary = (name: string): boolean =>
  name.endsWith('.partial') || name.startsWith('checkpoint.');

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return `sha256:${hash.digest('hex')}`;
}
