import { composeModule } from '@moda/moda';
import { deriveManifest } from '@moda/moda/surgery';
import { findClasses } from '../class-names.js';
import { claimOutputFolder } from '../files/output-folder.js';
import { digestOfFolder } from '../model/digest-of-folder.js';
import { ratesOf, readModel, writeModel } from '../model/model-folder.js';
import type { RunContext } from '../run-context.js';
import { type CutFacts, cutFacts } from './cut-facts.js';

export interface ComposeOptions {
  readonly model: string;
  /** By index or name; one class gives that class's module. */
  readonly classes: readonly string[];
  readonly tau: number;
  readonly out: string;
}

export interface ComposeResult extends CutFacts {
  readonly classes: readonly { readonly class: number; readonly name: string }[];
  readonly tau: number;
  readonly path: string;
}

/**
 * A real, smaller network for some classes of a decomposed model; nothing is trained. Its manifest and weights are byte for byte those
 * that a registry derives from the same model.
 */
export async function composeModel(options: ComposeOptions, _context: RunContext): Promise<ComposeResult> {
  const stored = await readModel(options.model);
  const named = stored.manifest.classes;
  const classes = findClasses(options.classes, named, `The model ${options.model}`).sort((a, b) => a - b);
  const rates = ratesOf(stored);
  const network = composeModule(stored.network, rates, options.tau, classes);
  const manifest = deriveManifest(stored.manifest, {
    architecture: network.architecture,
    classes,
    tau: options.tau,
    parentDigest: await digestOfFolder(options.model),
  });
  await claimOutputFolder(options.out);
  await writeModel(options.out, { network, manifest });
  return {
    classes: classes.map((index) => ({ class: index, name: named[index]?.name ?? String(index) })),
    tau: options.tau,
    ...cutFacts(network, stored.network),
    path: options.out,
  };
}
