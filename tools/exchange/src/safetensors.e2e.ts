import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSafetensors, type SafeTensor, writeSafetensors } from '@moda/module-format';
import { buildArchitecture, fromPytorchLayout, toPytorchLayout } from '@moda/nn/graph';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findReaders } from './environment.mjs';
import { randomNetwork } from './random-network.js';
import { runReader } from './run-reader.js';

interface Report {
  readonly metadata: Readonly<Record<string, string>> | null;
  readonly tensors: Readonly<Record<string, { dtype: string; shape: number[]; values: unknown[] | null }>>;
}

const required = (process.env['MODA_REQUIRE'] ?? '').split(',').includes('onnx');

describe.skipIf(!required && findReaders() === undefined)(
  'safetensors and the reference library [needs onnx]',
  () => {
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'moda-safetensors-'));
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    /** What the reference reads of a file that was written here, and the file that it writes of it. */
    async function passOn(
      tensors: ReadonlyMap<string, SafeTensor>,
      metadata: Readonly<Record<string, string>> = {},
    ) {
      const [from, to] = [join(folder, 'from.safetensors'), join(folder, 'to.safetensors')];
      await writeFile(from, writeSafetensors(tensors, metadata));
      const report = JSON.parse(await runReader('read_safetensors.py', [from, to])) as Report;
      return { report, written: readSafetensors(await readFile(to)) };
    }

    it('agree about every element type, shapes of nothing and of one, and names', async () => {
      const tensors = new Map<string, SafeTensor>([
        ['floats', { dtype: 'F32', shape: [2, 3], data: Float32Array.of(1.5, -2, 0, 3e38, 1e-40, -0.1) }],
        ['doubles', { dtype: 'F64', shape: [1], data: Float64Array.of(0.1) }],
        ['halves', { dtype: 'F16', shape: [2], data: Uint16Array.of(0x3800, 0xfbff) }],
        ['long', { dtype: 'I64', shape: [], data: BigInt64Array.of(9007199254740993n) }],
        ['unsigned long', { dtype: 'U64', shape: [1], data: BigUint64Array.of(2n ** 64n - 1n) }],
        ['integers', { dtype: 'I32', shape: [2], data: Int32Array.of(-1, 2147483647) }],
        ['unsigned', { dtype: 'U32', shape: [1], data: Uint32Array.of(4294967295) }],
        ['shorts', { dtype: 'I16', shape: [1], data: Int16Array.of(-32768) }],
        ['unsigned shorts', { dtype: 'U16', shape: [1], data: Uint16Array.of(65535) }],
        ['signed bytes', { dtype: 'I8', shape: [1], data: Int8Array.of(-128) }],
        ['bytes', { dtype: 'U8', shape: [3], data: Uint8Array.of(0, 255, 7) }],
        ['yes or no', { dtype: 'BOOL', shape: [2], data: Uint8Array.of(1, 0) }],
        ['"größe"/π', { dtype: 'F32', shape: [1], data: Float32Array.of(-0) }],
        ['none', { dtype: 'F32', shape: [0, 4], data: new Float32Array() }],
      ]);
      const metadata = { format: 'pt', 'what is it': '{"a": "ß"}' };
      const { report, written } = await passOn(tensors, metadata);
      expect(report.metadata).toEqual(metadata);
      expect(report.tensors).toMatchObject({
        floats: { dtype: 'float32', shape: [2, 3], values: [...(tensors.get('floats')?.data ?? [])] },
        doubles: { dtype: 'float64', values: [0.1] },
        halves: { dtype: 'float16', values: [0.5, -65504] },
        long: { dtype: 'int64', shape: [], values: ['9007199254740993'] },
        'unsigned long': { dtype: 'uint64', values: ['18446744073709551615'] },
        integers: { dtype: 'int32', values: ['-1', '2147483647'] },
        'signed bytes': { dtype: 'int8', values: ['-128'] },
        'yes or no': { dtype: 'bool', values: [1, 0] },
        none: { shape: [0, 4], values: [] },
      });
      expect(Object.fromEntries(written.tensors)).toEqual(Object.fromEntries(tensors));
      expect({ ...written.metadata }).toEqual(metadata);
    });

    it("carry a network's parameters there and back without a bit lost", async () => {
      const architecture = buildArchitecture('lenet5', {
        input: { height: 28, width: 28, channels: 1 },
        classes: 10,
      });
      const network = randomNetwork(architecture);
      const tensors = new Map(
        [...toPytorchLayout(network)].map(([name, { shape, data }]): [string, SafeTensor] => [
          name,
          { dtype: 'F32', shape, data },
        ]),
      );
      const { report, written } = await passOn(tensors);
      expect(report.tensors['conv2.weight']).toMatchObject({ dtype: 'float32', shape: [16, 6, 5, 5] });
      expect(fromPytorchLayout(architecture, written.tensors)).toEqual(network);
    });
  },
);
