import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf } from '@moda/blob-store';
import { composeModule } from '@moda/moda/surgery';
import { writeSafetensors } from '@moda/module-format';
import { toNativeLayout, vgg16 } from '@moda/nn/graph';
import { crowding } from '@moda/service-kit/testing';
import {
  addressesOf,
  publishOverHttp,
  type RegistryProcess,
  startRegistry,
  temporaryHome,
} from '../publish/testing/registry-process.js';
import { sampleModel } from '../publish/testing/sample-model.js';

const classes = ['plane', 'car', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];
const input = { height: 32, width: 32, channels: 3 };
const model = sampleModel({ architecture: vgg16, input, classes });

let remove = async () => {};
let home: string;
let registry: RegistryProcess;
beforeAll(async () => {
  ({ home, remove } = await temporaryHome());
  registry = await startRegistry(home);
  await publishOverHttp(registry, model, { owner: 'ada', model: 'vgg', version: '1.0.0' });
});
afterAll(async () => {
  await registry.stop();
  await remove();
});

/** Milliseconds from the question to the first byte of the weights, and the weights. */
async function timeToFirstByte(reference: string): Promise<{ ms: number; bytes: Uint8Array }> {
  const start = performance.now();
  const addresses = await addressesOf(registry, reference);
  const { body } = await fetch(addresses.get('weights.safetensors')!);
  let ms: number | undefined;
  const pieces: Uint8Array[] = [];
  for await (const piece of body!) {
    ms ??= performance.now() - start;
    pieces.push(piece as Uint8Array);
  }
  return { ms: ms ?? Infinity, bytes: Buffer.concat(pieces) };
}

describe('VGG16 of ten classes', () => {
  it('is priced for five classes in 20 ms', async () => {
    const times: number[] = [];
    const before = await registry.processorMs();
    for (let i = 0; i < 30; i += 1) {
      const start = performance.now();
      const { price } = await registry.ask<{ price: { marginal: unknown[] } }>(
        '{ price(reference: "ada/vgg/plane,bird,deer,frog,ship") { ... on Price { weightsBytes marginal { class parameters } } } }',
      );
      times.push(performance.now() - start);
      expect(price.marginal).toHaveLength(10);
    }
    const median = times.sort((a, b) => a - b)[15]!;
    const processor = before === undefined ? NaN : ((await registry.processorMs())! - before) / 30;
    console.info(
      `price of 5 classes over HTTP: best ${times[0]!.toFixed(1)} ms, median ${median.toFixed(1)} ms, ${processor.toFixed(1)} ms of processor time`,
    );
    // The best: what else the machine does has no part in it.
    expect(times[0]).toBeLessThan(20 * crowding());
  });

  it('begins to send a cut of two classes within 0.3 s, also right after a start', async () => {
    const mostMs = 300;
    const crowded = [crowding()];
    const cold: number[] = [];
    const processor: number[] = [];
    for (const pair of ['cat,dog', 'car,truck', 'bird,frog', 'cat,frog', 'dog,truck']) {
      if (cold.some((ms) => ms < mostMs)) break;
      await registry.stop();
      registry = await startRegistry(home);
      const before = await registry.processorMs();
      cold.push((await timeToFirstByte(`ada/vgg/${pair}`)).ms);
      if (before !== undefined) processor.push((await registry.processorMs())! - before);
    }
    const { ms: warm, bytes } = await timeToFirstByte('ada/vgg/horse,ship');
    const cut = composeModule(model.network, model.rates, 0.9, [7, 8]);
    const expected = writeSafetensors(
      [...toNativeLayout(cut)].map(([name, tensor]) => [name, { dtype: 'F32' as const, ...tensor }]),
    );
    expect(digestOf(bytes)).toBe(digestOf(expected));
    console.info(
      `first byte of 2 classes: ${cold.map((ms) => ms.toFixed(0)).join(', ')} ms right after a start (processor, to the last byte: ${processor.join(', ')} ms), ${warm.toFixed(0)} ms later`,
    );
    // The best of five at most: whatever else the machine does has no part in it.
    crowded.push(crowding());
    const limitMs = mostMs * Math.max(...crowded);
    expect(Math.min(...cold)).toBeLessThan(limitMs);
    expect(warm).toBeLessThan(limitMs);
  });

  it('keeps the process under 600 MB, whoever cuts at once', async () => {
    const pairs = Array.from(
      { length: 24 },
      (_, i) => `${classes[i % 10]},${classes[(i + 1 + Math.floor(i / 10)) % 10]}`,
    );
    await Promise.all(pairs.map((pair) => timeToFirstByte(`ada/vgg/${pair}`)));
    const memory = await registry.memory();
    if (memory === undefined) return;
    console.info(
      `memory: ${Math.round(memory.now / 2 ** 20)} MB, at most ${Math.round(memory.peak / 2 ** 20)} MB`,
    );
    expect(memory.peak).toBeLessThan(600 * 2 ** 20);
  });
});
