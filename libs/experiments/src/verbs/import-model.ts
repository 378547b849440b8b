import { loadDataset } from '@moda/datasets';
import { manifestFormatVersion, type ModelManifest } from '@moda/module-format';
import { architectureToJson, countParameters, type ImageShape } from '@moda/nn';
import { claimOutputFolder } from '../files/output-folder.js';
import { datasetFacts } from '../model/manifest-of-training.js';
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
  /** 32x32 colour images when absent. */
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
  const input = options.input ?? cifarShape;
  const architecture = await resolveArchitecture(options.arch, input, options.classes);
  const network = await readParameters(options.file, architecture, options.layout);
  const known = await datasetManifest(options);
  await claimOutputFolder(options.out);
  await writeModel(options.out, {
    network,
    manifest: {
      formatVersion: manifestFormatVersion,
      kind: 'model',
      name: `${options.arch.replace(/^.*\//, '').replace(/\.json$/, '')}-imported`,
      architecture: architectureToJson(architecture) as ModelManifest['architecture'],
      classes: known?.classes ?? unnamedClasses(options.classes),
      ...(known ? { dataset: known.dataset } : {}),
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

async function datasetManifest(
  options: ImportOptions,
): Promise<Required<Pick<ModelManifest, 'classes' | 'dataset'>> | undefined> {
  if (options.dataset === undefined) return undefined;
  const dataset = await loadDataset(
    options.dataset,
    options.dataDir === undefined ? {} : { dataDir: options.dataDir },
  );
  const classes = unnamedClasses(options.classes).map((unnamed) => ({
    ...unnamed,
    name: dataset.classNames[unnamed.index] ?? unnamed.name,
  }));
  return { classes, dataset: datasetFacts(dataset) };
}

function unnamedClasses(count: number): ModelManifest['classes'] {
  return Array.from({ length: count }, (_, index) => ({ index, name: String(index), sourceLabel: index }));
}
