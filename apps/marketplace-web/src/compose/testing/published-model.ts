import type { ActivationRates, WholeModel } from '@moda/moda/surgery';
import {
  encodeActivationRates,
  type ModelManifest,
  type PackageFile,
  parseManifest,
  readSafetensorsHeader,
  type SafeTensor,
  serialiseManifest,
  serialisePackage,
  sha256,
  writeSafetensors,
} from '@moda/module-format';
import {
  type Architecture,
  architectureToJson,
  initialise,
  type Network,
  trackedLayers,
} from '@moda/nn/graph';
import type { Fetch } from '../file-reader';
import type { ParentDownload } from '../parent-download';

/** A model as a registry gives it, made in memory. */
export interface PublishedModel {
  readonly whole: WholeModel;
  readonly network: Network;
  readonly answer: ParentDownload;
  /** Contents by address. */
  readonly served: Map<string, Uint8Array>;
}

const normalisation = { mean: [0.1], std: [0.3] };
const samplesOfClass = 20;

/**
 * A model with parameters and activation rates from a seed.
 *
 * @param more further files of its package by path
 */
export function publishedModel(
  architecture: Architecture,
  seed = 1,
  more: ReadonlyMap<string, Uint8Array> = new Map(),
): PublishedModel {
  const network = initialise(architecture, seed);
  const rates = ratesFor(architecture, seed);
  const weights = writeSafetensors(
    [...network.parameters].map(([name, { shape, data }]): [string, SafeTensor] => [
      name,
      { dtype: 'F32', shape: [...shape], data },
    ]),
  );
  const manifestText = serialiseManifest(manifestOf(architecture, rates.samples.length));
  const files = new Map([
    ['module.json', new TextEncoder().encode(manifestText)],
    ['rates.safetensors', encodeActivationRates(rates)],
    ['weights.safetensors', weights],
    ...more,
  ]);
  const list: PackageFile[] = [...files].map(([path, bytes]) => ({
    path,
    digest: sha256(bytes),
    sizeBytes: bytes.length,
  }));
  const packageText = serialisePackage({ formatVersion: 1, files: list });
  const digest = sha256(new TextEncoder().encode(packageText));
  const urlOf = (path: string) => `https://registry.test/${path}`;
  return {
    network,
    whole: {
      manifest: parseManifest(manifestText),
      architecture,
      rates,
      weights: readSafetensorsHeader(weights),
      digest,
      ratesDigest: list.find(({ path }) => path === 'rates.safetensors')?.digest ?? '',
    },
    answer: {
      reference: 'ada/model@1.0.0',
      digest,
      packageText,
      signature: undefined,
      manifestText,
      files: list.map(({ path }) => ({ path, url: urlOf(path) })),
    },
    served: new Map([...files].map(([path, bytes]) => [urlOf(path), bytes])),
  };
}

/** Answers as a registry does, ranges included; tells what was asked for. */
export function fetchFrom(served: ReadonlyMap<string, Uint8Array>, asked: string[] = []): Fetch {
  return async (url, init) => {
    const range = new Headers(init.headers).get('range');
    asked.push(`${url.split('/').at(-1) ?? ''}${range === null ? '' : ` ${range}`}`);
    const bytes = served.get(url);
    if (bytes === undefined) return new Response(null, { status: 404 });
    const headers = { etag: `"${sha256(bytes)}"` };
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
    if (from === undefined || to === undefined) return new Response(bytes.slice(), { headers });
    return new Response(bytes.slice(Number(from), Number(to) + 1), { status: 206, headers });
  };
}

/** No unit is active for every sample: at a threshold of 1 each layer keeps the one that it must have. */
function ratesFor(architecture: Architecture, seed: number): ActivationRates {
  const last = architecture.operators.at(-1);
  const classes = last !== undefined && 'channels' in last ? last.channels.kept.length : 0;
  let state = seed >>> 0;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  return {
    samples: new Uint32Array(classes).fill(samplesOfClass),
    layers: trackedLayers(architecture).map(({ name, channels: { of } }) => ({
      name,
      units: of,
      counts: Uint32Array.from({ length: classes * of }, () => Math.floor(next() * samplesOfClass)),
    })),
  };
}

function manifestOf(architecture: Architecture, classes: number): ModelManifest {
  return {
    formatVersion: 1,
    kind: 'model',
    name: 'test',
    license: 'Apache-2.0',
    architecture: architectureToJson(architecture) as ModelManifest['architecture'],
    classes: Array.from({ length: classes }, (_, index) => ({
      index,
      name: `class ${index}`,
      sourceLabel: index,
    })),
    dataset: { name: 'digits', normalisation },
    createdBy: { version: '0.1.0' },
  };
}
