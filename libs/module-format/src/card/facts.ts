import type { ModelManifest } from '../manifest/schema.js';

/** What the card says beyond the manifest. */
export interface ModelCardFacts {
  /** SPDX identifier, for a manifest that names no licence; `other` where neither does. */
  readonly license?: string;
  /** Trainable parameters. */
  readonly parameters: number;
  /** Multiply-adds of convolutions and dense layers for one image. */
  readonly flops?: number;
  /** The images it takes, in pixels. */
  readonly input?: { readonly height: number; readonly width: number; readonly channels: number };
  /** The modules that can be taken from the model, by class index. */
  readonly modules?: readonly { readonly class: number; readonly parameters: number }[];
  /** The threshold at which `modules` were counted, 0..1. */
  readonly tau?: number;
}

/** What people and machines may do with the model; terms that nobody stated are not guessed. */
export function licenseOf(manifest: ModelManifest, facts: ModelCardFacts): string {
  return manifest.license ?? facts.license ?? 'other';
}

/** The name of the model, or what it is. */
export function cardName({ name, kind, dataset }: ModelManifest): string {
  return name ?? `${titles[kind]}${dataset ? ` for ${dataset.name}` : ''}`;
}

const titles: Readonly<Record<ModelManifest['kind'], string>> = {
  model: 'Model',
  module: 'Module',
  composition: 'Composed model',
  repaired: 'Repaired model',
};

/** The measure of one class, by its index among the outputs: `accuracy:3`. */
const classMeasure = 'accuracy:';

/** The accuracy of a class, 0..1, where it was measured. */
export function classAccuracy({ metrics = {} }: ModelManifest, index: number): number | undefined {
  return Object.hasOwn(metrics, `${classMeasure}${index}`) ? metrics[`${classMeasure}${index}`] : undefined;
}

/** The measures of the whole model: all that have no place in the table of its classes. */
export function overallMetrics({ metrics = {}, classes }: ModelManifest): [name: string, value: number][] {
  const ofClasses = new Set(classes.map(({ index }) => `${classMeasure}${index}`));
  return Object.entries(metrics).filter(([name]) => !ofClasses.has(name));
}

/** The weights in the loss of modular training, in the order of the terms; the cross-entropy has weight 1. */
export const lossTerms = [
  { key: 'alpha', term: 'affinity' },
  { key: 'beta', term: 'dispersion' },
  { key: 'gamma', term: 'compactness' },
] as const;
