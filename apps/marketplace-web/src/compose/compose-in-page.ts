import { type CutPlan, cutWeights, derivedPackage, planCut } from '@moda/moda/surgery';
import {
  packageDigest,
  type PackageManifest,
  parseManifest,
  readSafetensors,
  toFloat32,
} from '@moda/module-format';
import { countFlops, countParameters, type Network, parseArchitecture } from '@moda/nn/graph';
import type { CompositionChoice } from './composition-choice';
import { digestOf } from './digest-of';
import { createFileReader, type Fetch, type FileReader } from './file-reader';
import type { PackageCache } from './package-cache';
import type { ParentDownload } from './parent-download';
import { type Parent, readParent } from './read-parent';
import { maxGapBytes, type WeightsCame, weightsReader } from './weights-reader';

/** A composition with everything that can be done with it. */
export interface Composition {
  readonly parent: Parent;
  readonly facts: CompositionFacts;
  readonly network: Network;
  readonly package: PackageManifest;
  /** The files of the package by path. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** What is worth telling of a composition. */
export interface CompositionFacts {
  /** Of its package: whoever cuts the same anywhere gets the same. */
  readonly digest: string;
  /** Of parent, rates, classes and tau: its name before it was cut; a whole model was not cut. */
  readonly derivationDigest: string | undefined;
  readonly parentDigest: string;
  /** Output positions in the parent and names, in the order of its own outputs. */
  readonly classes: readonly { readonly index: number; readonly name: string }[];
  /** Names of all classes of the parent. */
  readonly parentClasses: readonly string[];
  readonly tau: number;
  readonly dataset: string | undefined;
  readonly normalisation: { readonly mean: readonly number[]; readonly std: readonly number[] };
  readonly input: { readonly height: number; readonly width: number; readonly channels: number };
  /** Trainable values, and those of the whole model. */
  readonly parameters: number;
  readonly wholeParameters: number;
  /** Multiply-adds for one image, and those of the whole model. */
  readonly flops: number;
  readonly wholeFlops: number;
  /** Bytes of the weights file, and of the whole model's. */
  readonly weightsBytes: number;
  readonly wholeWeightsBytes: number;
  /** What came over the network for it. */
  readonly traffic: { readonly bytes: number; readonly requests: number };
  /** How the weights came: of the parent as a whole or in ranges, or its own, kept in this browser from an earlier visit. */
  readonly came: WeightsCame | 'kept';
  /** From the first question to the network (ms). */
  readonly tookMs: number;
}

export type ComposeProgress =
  | { readonly stage: 'describing' }
  /** 0..1 of the composition's weights are there. */
  | { readonly stage: 'cutting'; readonly share: number }
  | { readonly stage: 'checking' };

export interface ComposeOptions {
  readonly fetch: Fetch;
  readonly cache: PackageCache;
  readonly onProgress?: (progress: ComposeProgress) => void;
  /** Milliseconds from any moment on. */
  readonly clock?: () => number;
}

/** Where the data set says nothing, values go in as shares of the brightest. */
const noNormalisation = { mean: [0], std: [1] };

/**
 * Cuts classes out of a published model here: by its activation rates, from those ranges of its weights that the cut needs. Gives the
 * files, and so the digest, that the registry gives. No classes give the whole model.
 *
 * @throws ModaError where something that came is not what the parent's package says, or no such cut is possible
 */
export async function composeInPage(
  answer: ParentDownload,
  { classes, tau }: Pick<CompositionChoice, 'classes' | 'tau'>,
  options: ComposeOptions,
): Promise<Composition> {
  const { fetch, cache, onProgress = () => undefined, clock = () => performance.now() } = options;
  const start = clock();
  onProgress({ stage: 'describing' });
  const files = createFileReader(answer.files, { fetch, cache });
  const parent = await readParent(answer, { files, cache });
  const told = () => ({ traffic: { ...files.traffic }, tookMs: clock() - start });
  if (classes.length === 0) return wholeModel(parent, files, { onProgress, told });
  const plan = planCut(parent, { classes, tau });
  const kept = await keptWeights(plan, cache);
  const made = kept === undefined ? await cutHere(plan, parent, files, onProgress) : undefined;
  const weights = kept ?? made?.weights ?? new Uint8Array();
  onProgress({ stage: 'checking' });
  const digest = await digestOf(weights);
  if (made !== undefined) await keep(plan, { digest, weights }, cache);

  const manifest = derivedPackage(plan, { digest });
  const network = networkOf(plan.manifestText, weights);
  const facts: CompositionFacts = {
    ...factsOf(parent, network),
    digest: packageDigest(manifest),
    derivationDigest: plan.derivationDigest,
    classes: plan.derivation.classes.map((index) => ({ index, name: nameOf(parent, index) })),
    tau,
    weightsBytes: weights.length,
    came: made?.came ?? 'kept',
    ...told(),
  };
  const described = new TextEncoder().encode(plan.manifestText);
  const derivedFiles = new Map([
    ['module.json', described],
    ['weights.safetensors', weights],
  ]);
  return { parent, facts, network, package: manifest, files: derivedFiles };
}

/** The model itself, each file by its digest. */
async function wholeModel(
  parent: Parent,
  reader: FileReader,
  options: {
    readonly onProgress: (progress: ComposeProgress) => void;
    readonly told: () => Pick<CompositionFacts, 'traffic' | 'tookMs'>;
  },
): Promise<Composition> {
  const files = new Map<string, Uint8Array>();
  const total = parent.package.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let there = 0;
  for (const file of parent.package.files) {
    options.onProgress({ stage: 'cutting', share: there / total });
    files.set(file.path, await reader.whole(file));
    there += file.sizeBytes;
  }
  options.onProgress({ stage: 'checking' });
  const weights = files.get(parent.weightsFile.path) ?? new Uint8Array();
  const network = { architecture: parent.architecture, parameters: parametersOf(weights) };
  const facts: CompositionFacts = {
    ...factsOf(parent, network),
    digest: parent.digest,
    derivationDigest: undefined,
    classes: parent.manifest.classes.map(({ index, name }) => ({ index, name })),
    tau: 0,
    weightsBytes: weights.length,
    came: 'whole',
    ...options.told(),
  };
  return { parent, facts, network, package: parent.package, files };
}

/** What a cut and its parent share, and how large both are. */
function factsOf(parent: Parent, { architecture }: Network) {
  const { dataset, classes } = parent.manifest;
  return {
    parentDigest: parent.digest,
    parentClasses: classes.map(({ name }) => name),
    dataset: dataset?.name,
    normalisation: forChannels(dataset?.normalisation ?? noNormalisation, architecture.input.channels),
    input: architecture.input,
    parameters: countParameters(architecture),
    wholeParameters: countParameters(parent.architecture),
    flops: countFlops(architecture),
    wholeFlops: countFlops(parent.architecture),
    wholeWeightsBytes: parent.weightsFile.sizeBytes,
  };
}

function nameOf({ manifest }: Parent, index: number): string {
  return manifest.classes[index]?.name ?? String(index);
}

async function cutHere(
  plan: CutPlan,
  parent: Parent,
  files: FileReader,
  onProgress: (progress: ComposeProgress) => void,
): Promise<{ readonly weights: Uint8Array; readonly came: WeightsCame }> {
  onProgress({ stage: 'cutting', share: 0 });
  const { came, read } = await weightsReader(plan, parent.weightsFile, files);
  const weights = new Uint8Array(plan.weightsBytes);
  let written = 0;
  for await (const chunk of cutWeights(plan, read, { maxGapBytes })) {
    weights.set(chunk, written);
    written += chunk.length;
    onProgress({ stage: 'cutting', share: written / plan.weightsBytes });
  }
  return { weights, came };
}

const weightsKey = (plan: CutPlan) => `weights-of/${plan.derivationDigest}`;

/** What an earlier visit cut, if it is still what it was. */
async function keptWeights(plan: CutPlan, cache: PackageCache): Promise<Uint8Array | undefined> {
  const name = await cache.read(weightsKey(plan));
  if (name === undefined) return undefined;
  const digest = new TextDecoder().decode(name);
  const weights = await cache.read(`blob/${digest}`);
  if (weights === undefined || (await digestOf(weights)) !== digest) return undefined;
  return weights;
}

async function keep(
  plan: CutPlan,
  { digest, weights }: { digest: string; weights: Uint8Array },
  cache: PackageCache,
): Promise<void> {
  await cache.write(`blob/${digest}`, weights);
  await cache.write(weightsKey(plan), new TextEncoder().encode(digest));
}

/** Read back from the very files, so that what runs is what was named. */
function networkOf(manifestText: string, weights: Uint8Array): Network {
  const architecture = parseArchitecture(parseManifest(manifestText).architecture);
  return { architecture, parameters: parametersOf(weights) };
}

function parametersOf(weights: Uint8Array): Network['parameters'] {
  const { tensors } = readSafetensors(weights);
  return new Map(
    [...tensors].map(([name, tensor]) => [name, { shape: tensor.shape, data: toFloat32(tensor) }]),
  );
}

/** One number for all channels stands for each of them. */
function forChannels(
  { mean, std }: CompositionFacts['normalisation'],
  channels: number,
): CompositionFacts['normalisation'] {
  const each = (values: readonly number[]) =>
    Array.from({ length: channels }, (_, channel) => values[channel] ?? values[0] ?? 0);
  return { mean: each(mean), std: each(std) };
}
