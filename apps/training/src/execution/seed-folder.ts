import { access, copyFile, mkdir, open, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ModaError } from '@moda/contracts';
import type { RunRecord } from '../runs/run-record.js';
import type { RunFiles } from '../worker/run-files.js';

/**
 * Writes what a worker needs before its first start: the spec, and for a run that goes on from a checkpoint of another one that checkpoint.
 * Done again it changes nothing.
 *
 * @throws ModaError CHECKPOINT_UNKNOWN where the other run does not have it any more, CHECKPOINT_FOREIGN where that run trains something else
 */
export async function seedFolder(
  run: RunRecord,
  files: RunFiles,
  filesOf: (id: string) => RunFiles,
): Promise<void> {
  if (await exists(files.spec)) return;
  if (run.parent) await copyCheckpoint(run, run.parent, filesOf(run.parent.runId), files);
  // Last: a folder with a spec is complete.
  const temporary = `${files.spec}.partial`;
  await writeFile(temporary, JSON.stringify(run.spec));
  await rename(temporary, files.spec);
}

/** A run keeps its last two, the older one for the case that the newer one is torn. */
const kept = ['checkpoint.safetensors', 'checkpoint.previous.safetensors'] as const;

async function copyCheckpoint(
  run: RunRecord,
  { runId, epoch }: NonNullable<RunRecord['parent']>,
  from: RunFiles,
  to: RunFiles,
): Promise<void> {
  const spec = await readFile(from.spec, 'utf8').catch(() => undefined);
  if (spec !== undefined && spec !== JSON.stringify(run.spec))
    throw new ModaError(
      'CHECKPOINT_FOREIGN',
      `Run ${runId} trains with other options, and its checkpoint goes on with the same ones only; submit a run of its own instead.`,
      { runId },
    );
  for (const name of kept) {
    const path = join(from.model, name);
    if ((await epochOf(path)) !== epoch) continue;
    await mkdir(to.model, { recursive: true });
    await copyFile(path, join(to.model, kept[0]));
    return;
  }
  throw new ModaError(
    'CHECKPOINT_UNKNOWN',
    `Run ${runId} does not have its checkpoint of epoch ${epoch} any more, for it keeps the last two; submit a run from the beginning instead.`,
    { runId, epoch },
  );
}

/** Longer than the names of all tensors of any network, shorter than anything that would hurt. */
const maxHeaderBytes = 16_777_216;
const lengthBytes = 8;

/** Whole epochs that a checkpoint has behind it, from the header of its safetensors file; undefined where there is no whole one. */
async function epochOf(path: string): Promise<number | undefined> {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const { buffer } = await file.read(Buffer.alloc(lengthBytes), 0, lengthBytes, 0);
    const length = Number(buffer.readBigUInt64LE());
    if (length > maxHeaderBytes) return undefined;
    const header = await file.read(Buffer.alloc(length), 0, length, lengthBytes);
    const { __metadata__: metadata } = JSON.parse(header.buffer.toString('utf8')) as {
      readonly __metadata__: Readonly<Record<string, string>>;
    };
    return (JSON.parse(metadata['position'] ?? '') as { readonly epoch: number }).epoch;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  } finally {
    await file.close();
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
