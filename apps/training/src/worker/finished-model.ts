import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sampleImagesPath } from '@moda/module-format';
import { z } from 'zod';
import { isTemporary } from './artifacts.js';
import type { RunFiles } from './run-files.js';

/** What a training came to. */
export interface TrainingOutcome {
  /** On the test images, 0..1. */
  readonly accuracy?: number;
  /** Mean over the test images. */
  readonly crossEntropy?: number;
  readonly parameters?: number;
  readonly seconds?: number;
}

const outcomeSchema = z.object({
  accuracy: z.exactOptional(z.number()),
  parameters: z.exactOptional(z.number()),
  seconds: z.exactOptional(z.number()),
});

/** Remembers what a training came to, for a worker that has to go on behind it. */
export async function rememberOutcome({ trained }: RunFiles, outcome: TrainingOutcome): Promise<void> {
  const temporary = `${trained}.partial`;
  await writeFile(temporary, JSON.stringify(outcome));
  await rename(temporary, trained);
}

/** What a training came to whose model is whole: its manifest is written last. Undefined where it is not. */
export async function outcomeOfFinished({ model, trained }: RunFiles): Promise<TrainingOutcome | undefined> {
  const manifest = await readJson(join(model, 'module.json'));
  if (manifest === undefined) return undefined;
  const remembered = outcomeSchema.safeParse(await readJson(trained)).data;
  if (remembered) return remembered;
  const { metrics } = manifest as { readonly metrics?: Readonly<Record<string, number>> };
  const accuracy = metrics?.['accuracy'];
  return accuracy === undefined ? {} : { accuracy };
}

/** Whether the modules of a model are known: without its activation rates it cannot be cut. */
export async function hasRates({ model }: Pick<RunFiles, 'model'>): Promise<boolean> {
  return (await readdir(model)).includes('rates.safetensors');
}

/** Whether a model has its sample images, which go with it wherever it is published. */
export async function hasSamples({ model }: Pick<RunFiles, 'model'>): Promise<boolean> {
  return (await readdir(model)).includes(sampleImagesPath);
}

/** Removes what killed writers left half written; of a finished model also its checkpoints. */
export async function removeUnfinished({ model }: Pick<RunFiles, 'model'>): Promise<void> {
  const names = await readdir(model);
  const isFinished = names.includes('module.json');
  for (const name of names)
    if (isFinished ? isTemporary(name) : name.endsWith('.partial'))
      await rm(join(model, name), { force: true });
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
}
