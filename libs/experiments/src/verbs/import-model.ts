import { isModaError, ModaError } from '@moda/contracts';
import { type ImageDataset, loadDataset, selectClasses } from '@moda/datasets';
import { manifestFormatVersion, type ModelManifest } from '@moda/module-format';
import {
  architectureToJson,
  buildArchitecture,
  countParameters,
  type ImageShape,
  type Network,
} from '@moda/nn';
import { claimOutputFolder } from '../files/output-folder.js';
import { classesOf, datasetFacts } from '../model/manifest-of-training.js';
import { writeModel } from '../model/model-folder.js';
import { networkOf, type ParameterLayout, readParameterFile } from '../model/read-parameters.js';
import { programVersion } from '../model/version.js';
import { architectureSource, ownInput } from '../resolve-architecture.js';
import type { RunContext } from '../run-context.js';

export interface ImportOptions {
  /** safetensors file with every parameter. */
  readonly file: string;
  readonly arch: string;
  readonly classes: number;
  readonly layout: ParameterLayout;
  readonly out: string;
  /**
   * When absent, that of the data set or of the architecture file; without either the first common size that the parameters
   * fit, 32x32 colour images before all others.
   */
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

/** Edges of square images that networks are commonly trained on, the likeliest first. */
const commonEdges = [32, 28, 64, 224, 96, 128, 160, 192, 256, 299, 384, 48, 16];

/** Makes a model folder of weights that were trained elsewhere. */
export async function importModel(options: ImportOptions, _context: RunContext): Promise<ImportResult> {
  const dataset = await openKnownDataset(options);
  const source = await architectureSource(options.arch);
  const known = options.input ?? (dataset ? sizeOf(dataset) : ownInput(source));
  const network = await networkThatFits(options, source, known ? [known] : commonShapes());
  const { architecture } = network;
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

function commonShapes(): ImageShape[] {
  return [3, 1].flatMap((channels) => commonEdges.map((edge) => ({ height: edge, width: edge, channels })));
}

/** The network for the first of the shapes that the file's parameters fit; what is wrong with the first one otherwise. */
async function networkThatFits(
  { file, classes, layout }: ImportOptions,
  source: unknown,
  shapes: readonly ImageShape[],
): Promise<Network> {
  const tensors = await readParameterFile(file);
  let misfit: unknown;
  for (const shape of shapes) {
    try {
      return networkOf(tensors, buildArchitecture(source, { input: shape, classes }), layout);
    } catch (error) {
      if (!isModaError(error)) throw error;
      misfit ??= error;
    }
  }
  throw misfit;
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
