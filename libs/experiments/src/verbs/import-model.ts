import { ModaError } from '@moda/contracts';
import { type ImageDataset, loadDataset, selectClasses } from '@moda/datasets';
import { manifestFormatVersion, type ModelManifest } from '@moda/module-format';
import { architectureToJson, countParameters, type ImageShape } from '@moda/nn';
import { claimOutputFolder } from '../files/output-folder.js';
import { classesOf, datasetFacts } from '../model/manifest-of-training.js';
import { writeModel } from '../model/model-folder.js';
import { type ParameterLayout, readParameters } from '../model/read-parameters.js';
import { programVersion } from '../model/version.js';
import { resolveArchitecture } from '../resolve-architecture.js';
import type { RunContext } from '../run-context.js';

export interface ImportOptions {
  /** safetensors file with every parameter. */
  readonly file: string;
  readonly arch: string;
  readonly classes: number;
  readonly layout: ParameterLayout;
  readonly out: string;
  /** That of the data set when absent, and without one 32x32 colour images. */
  readonly input?: ImageShape | undefined;
  /** The data set it was trained on, for its class names and normalisation. */
  readonly dataset?: string | undefined;
  readonly dataDir?: string | undefined;
}

export interface ImportResult {
  readonly path: string;
  readonly arch: string;
  readonly classes: number;
  readonly parameters: number;
}

const cifarShape: ImageShape = { height: 32, width: 32, channels: 3 };

/** Makes a model folder of weights that were trained elsewhere. */
export async function importModel(options: ImportOptions, _context: RunContext): Promise<ImportResult> {
  const dataset = await openKnownDataset(options);
  const input = options.input ?? (dataset ? sizeOf(dataset) : cifarShape);
  const architecture = await resolveArchitecture(options.arch, input, options.classes);
  const network = await readParameters(options.file, architecture, options.layout);
  await claimOutputFolder(options.out);
  await writeModel(options.out, {
    network,
    manifest: {
      formatVersion: manifestFormatVersion,
      kind: 'model',
      name: `${options.arch.replace(/^.*\//, '').replace(/\.json$/, '')}-imported`,
      architecture: architectureToJson(architecture) as ModelManifest['architecture'],
      classes: dataset ? classesOf(dataset) : unnamedClasses(options.classes),
      ...(dataset ? { dataset: datasetFacts(dataset) } : {}),
      createdBy: { version: programVersion },
    },
  });
  return {
    path: options.out,
    arch: options.arch,
    classes: options.classes,
    parameters: countParameters(architecture),
  };
}

/** The data set with as many of its first classes as the network has outputs. */
async function openKnownDataset({
  dataset,
  dataDir,
  classes,
}: ImportOptions): Promise<ImageDataset | undefined> {
  if (dataset === undefined) return undefined;
  const whole = await loadDataset(dataset, dataDir === undefined ? {} : { dataDir });
  const known = whole.classNames.length;
  if (classes > known) {
    throw new ModaError(
      'CLASS_UNKNOWN',
      `A network of ${classes} classes cannot come from ${dataset}, which has ${known}; name fewer --classes or leave out --dataset.`,
    );
  }
  return classes === known ? whole : selectClasses(whole, whole.sourceLabels.slice(0, classes));
}

function unnamedClasses(count: number): ModelManifest['classes'] {
  return Array.from({ length: count }, (_, index) => ({ index, name: String(index), sourceLabel: index }));
}

function sizeOf({ height, width, channels }: ImageDataset): ImageShape {
  return { height, width, channels };
}
