import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isModaError } from '@moda/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseManifest } from '../manifest/manifest.js';
import { maxClasses } from '../manifest/schema.js';
import { parsePackage } from '../package/package.js';
import { decodeActivationRates } from '../rates/activation-rates.js';
import { decodeSampleImages } from '../samples/sample-images.js';
import { defaultSafetensorsLimits, headerBounds } from '../safetensors/limits.js';
import { readSafetensors } from '../safetensors/read.js';
import { rawFile } from '../safetensors/testing.js';

const mebibyte = 2 ** 20;

/** What reading one file may add to the heap and to array buffers, whatever is in it: 24 times the longest header. */
const maxGrowthBytes = 24 * defaultSafetensorsLimits.maxHeaderBytes;

/** What all the readings below, one after another, may add to the memory of the process, garbage included. */
const maxResidentBytes = 384 * mebibyte;

/** `count` items, or as many as fit into the longest header. */
function list(count: number, item: (index: number) => string): string {
  const items: string[] = [];
  let length = 0;
  for (let index = 0; index < count && length < defaultSafetensorsLimits.maxHeaderBytes - 1000; index += 1) {
    const text = item(index);
    items.push(text);
    length += text.length + 1;
  }
  return items.join(',');
}

const { maxValues, maxKeys } = headerBounds;

const header = (json: string) => () => readSafetensors(rawFile(json));

/** A file whose length field says `length`, with a few bytes behind it. */
function announcing(length: bigint): Uint8Array {
  const file = new Uint8Array(64);
  new DataView(file.buffer).setBigUint64(0, length, true);
  return file;
}

const manifest = (fields: string) => () =>
  parseManifest(`{"formatVersion":1,"kind":"model","createdBy":{"version":"1"},${fields}}`);

const oneClass = '"classes":[{"index":0,"name":"a","sourceLabel":0}]';

const manifestValues = 8 * maxClasses - 20;
const manifestKeys = 5 * maxClasses - 20;

const emptyTensor = '{"dtype":"U8","shape":[0,1,1,1],"data_offsets":[0,0]}';

function rates(layers: string): () => unknown {
  const metadata = { format: 'moda-activation-rates', formatVersion: '1', layers };
  const file = rawFile(JSON.stringify({ __metadata__: metadata }));
  return () => decodeActivationRates(file);
}

/** Names of classes in a list of their own, of a file with hardly a pixel. */
function samples(classes: string): () => unknown {
  const metadata = { format: 'moda-sample-images', formatVersion: '1', classes };
  const tensors = {
    images: { dtype: 'U8', shape: [1, 1, 1, 1], data_offsets: [8, 9] },
    labels: { dtype: 'I32', shape: [1], data_offsets: [4, 8] },
    logits: { dtype: 'F32', shape: [1, 1], data_offsets: [0, 4] },
  };
  const file = rawFile(JSON.stringify({ __metadata__: metadata, ...tensors }), new Uint8Array(9));
  return () => decodeSampleImages(file);
}

/** Files that ask for much with little, each as large as its limits let it be, and how the answer ends. */
const cases: [what: string, answer: string, prepare: () => () => unknown][] = [
  [
    'a header of 2^64 - 1 bytes',
    'more than the 8388608 allowed.',
    () => () => readSafetensors(announcing(2n ** 64n - 1n)),
  ],
  [
    'a header of 8 MiB that is not there',
    '8388616 bytes are announced, 64 are there.',
    () => () => readSafetensors(announcing(2n ** 23n)),
  ],
  [
    'a tensor of 4 TiB',
    'its tensors have 4398046511104 bytes, 0 follow the header.',
    () => header('{"a":{"dtype":"F32","shape":[1048576,1048576],"data_offsets":[0,4398046511104]}}'),
  ],
  ['a name of 8 MiB', 'is not an object.', () => header(`{"${'x'.repeat(8 * mebibyte - 10)}":0}`)],
  ['brackets to the end', 'levels allowed.', () => header(`{"a":${'['.repeat(8 * mebibyte - 10)}`)],
  ['keys to the end', 'keys allowed.', () => header(`{${list(Infinity, (i) => `"a${i}":0`)}}`)],
  [
    'as many keys as allowed',
    'more than the 65536 allowed.',
    () => header(`{${list(maxKeys, (i) => `"a${i}":0`)}}`),
  ],
  [
    'objects that are all different',
    'is not an object.',
    () => header(`{"a":[${list(maxKeys - 1, (i) => `{"a${i}":0}`)}]}`),
  ],
  [
    'as many values as allowed',
    'is not an object.',
    () => header(`{"a":[${list(maxValues / 2 - 2, () => '{}')}]}`),
  ],
  [
    'as much metadata as allowed',
    'accepted',
    () => header(`{"__metadata__":{${list(maxKeys - 1, (i) => `"a${i}":""`)}}}`),
  ],
  [
    'as many tensors as allowed',
    'accepted',
    () => header(`{${list(65_536, (i) => `"a${i}":${emptyTensor}`)}}`),
  ],
  [
    'a list of layers that never ends',
    'more than the 65536 values allowed; run moda decompose anew.',
    () => rates(`[${list(3_000_000, () => '0')}]`),
  ],
  [
    'a list of classes of samples that never ends',
    'more than the 65537 values allowed; publish the model anew, or without samples.safetensors.',
    () => samples(`[${list(3_000_000, () => '0')}]`),
  ],
  [
    'zeros for classes',
    'wrong at classes: Too big: expected array to have <=65536 items.',
    () => manifest(`"architecture":"a","classes":[${list(manifestValues, () => '0')}]`),
  ],
  [
    'an architecture of infinities',
    'wrong at architecture: is not JSON.',
    () => manifest(`${oneClass},"architecture":[${list(manifestValues, () => '1e999')}]`),
  ],
  [
    'measures that are no numbers',
    'wrong at metrics.a0: is not a finite number.',
    () => manifest(`${oneClass},"architecture":"a","metrics":{${list(manifestKeys, (i) => `"a${i}":""`)}}`),
  ],
  [
    'empty files',
    'wrong at files: Too big: expected array to have <=1000 items.',
    () => () => parsePackage(`{"files":[${list(49_000, () => '{}')}],"formatVersion":1}`),
  ],
];

/** The message with which `act` refuses, or `accepted`. */
function answerOf(act: () => unknown): string {
  try {
    act();
    return 'accepted';
  } catch (error) {
    if (isModaError(error)) return error.message;
    throw error;
  }
}

describe('a file that asks for much', () => {
  let collectGarbage: () => void;
  let residentAtStart = 0;

  beforeAll(() => {
    setFlagsFromString('--expose-gc');
    collectGarbage = runInNewContext('gc') as () => void;
    residentAtStart = process.memoryUsage().rss;
  });

  const used = () => {
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };

  it.each(cases)('gets no more than the limit: %s', (_what, answer, prepare) => {
    const read = prepare();
    collectGarbage();
    const before = used();
    const given = answerOf(read);
    expect(used() - before).toBeLessThan(maxGrowthBytes);
    expect(given.endsWith(answer), given).toBe(true);
    expect(given.length).toBeLessThan(600);
  });

  it('leaves the process small, all of them together', () => {
    const peakBytes = process.resourceUsage().maxRSS * 1024;
    expect(peakBytes - residentAtStart).toBeLessThan(maxResidentBytes);
  });
});
