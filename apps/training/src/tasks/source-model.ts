import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ModelManifest, parseManifest } from '@moda/module-format';
import { z } from 'zod';

/** What has to be known of the model of a run before another run is made of it. */
export interface SourceModel {
  readonly kind: ModelManifest['kind'];
  /** By their index. */
  readonly classes: readonly { readonly name: string; readonly sourceLabel: number }[];
  /** Of one image; undefined where the manifest names its network and does not spell it out. */
  readonly input: ImageSize | undefined;
  /** Whether it was measured which units each class needs. */
  readonly hasRates: boolean;
}

export interface ImageSize {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

const sized = z.object({ input: z.object({ height: z.int(), width: z.int(), channels: z.int() }) });

/**
 * Reads the manifest of a model folder; no weights.
 *
 * @returns undefined where there is none
 * @throws ModaError MODEL_INVALID
 */
export async function readSourceModel(folder: string): Promise<SourceModel | undefined> {
  const text = await readFile(join(folder, 'module.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { kind, classes, architecture } = parseManifest(text);
  const hasRates = await access(join(folder, 'rates.safetensors')).then(
    () => true,
    () => false,
  );
  return { kind, classes, input: sized.safeParse(architecture).data?.input, hasRates };
}
