import { type SafeTensor, writeSafetensors } from '@moda/module-format';
import type { Network } from '@moda/nn/graph';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { composeModule } from '../compose/compose-module.js';
import { choicesOf } from '../testing/arbitrary-rates.js';
import { smallNetwork } from '../testing/small-networks.js';
import {
  gathered,
  published,
  type PublishedModel,
  publishedModels,
  readFrom,
  readInChunksFrom,
} from '../testing/whole-model.js';
import { cutWeights } from './cut-weights.js';
import { planCut } from './plan-cut.js';

const small = published(
  smallNetwork({ blocks: ['identity', 'depthwise'], tail: 'flatten', channels: 5, classes: 3, seed: 1 }),
  7,
);

const cuts = publishedModels.chain((model) =>
  fc.record({
    model: fc.constant(model),
    choice: choicesOf(model.rates.samples.length),
    range: fc.tuple(fc.nat(1_000_000), fc.nat(1_000_000)),
    chunkBytes: fc.integer({ min: 1, max: 5000 }),
  }),
);

/** The file as it comes of a network cut in memory. */
function fileOf({ parameters }: Network): Uint8Array {
  return writeSafetensors(
    [...parameters].map(([name, { shape, data }]): [string, SafeTensor] => [
      name,
      { dtype: 'F32', shape: [...shape], data },
    ]),
  );
}

function cutInMemory(
  { network, rates }: PublishedModel,
  tau: number,
  classes: readonly number[],
): Uint8Array {
  return fileOf(composeModule(network, rates, tau, classes));
}

describe('weights cut while they are streamed', () => {
  it('are byte for byte the file of the network that is cut in memory, whatever the order in the parent', async () => {
    await fc.assert(
      fc.asyncProperty(cuts, async ({ model, choice, chunkBytes }) => {
        const plan = planCut(model.whole, choice);
        const expected = cutInMemory(model, choice.tau, choice.classes);
        expect(plan.weightsBytes).toBe(expected.length);
        const whole = await gathered(cutWeights(plan, readFrom(model.file)));
        expect(Buffer.compare(whole, expected)).toBe(0);
        const chunked = await gathered(cutWeights(plan, readInChunksFrom(model.file, 997 + chunkBytes)));
        expect(Buffer.compare(chunked, expected)).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it('come from any byte to any other', async () => {
    await fc.assert(
      fc.asyncProperty(cuts, async ({ model, choice, range, chunkBytes }) => {
        const plan = planCut(model.whole, choice);
        const [a, b] = range.map((at) => at % (plan.weightsBytes + 1));
        const [start, end] = [Math.min(a!, b!), Math.max(a!, b!)];
        const expected = cutInMemory(model, choice.tau, choice.classes).subarray(start, end);
        const part = await gathered(
          cutWeights(plan, readInChunksFrom(model.file, 997 + chunkBytes), { start, end }),
        );
        expect(Buffer.compare(part, expected)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('come in any pieces', async () => {
    const plan = planCut(small.whole, { classes: [2, 0], tau: 0.3 });
    const whole = await gathered(cutWeights(plan, readFrom(small.file)));
    for (const step of [1, 7, 64]) {
      const parts: Uint8Array[] = [];
      for (let start = 0; start < plan.weightsBytes; start += step) {
        const end = Math.min(plan.weightsBytes, start + step);
        parts.push(await gathered(cutWeights(plan, readFrom(small.file), { start, end })));
      }
      expect(Buffer.compare(Buffer.concat(parts), whole)).toBe(0);
    }
  });

  it('begin with the header, before anything is read', async () => {
    const plan = planCut(small.whole, { classes: [0], tau: 0.5 });
    const reads: number[] = [];
    const stream = cutWeights(plan, async (start, end) => {
      reads.push(start);
      return small.file.slice(start, end);
    });
    const first = await stream.next();
    expect(first.value).toEqual(plan.header);
    expect(reads).toEqual([]);
    await stream.return(undefined);
    expect(reads).toEqual([]);
  });

  it('end with nothing where nothing is asked for', async () => {
    const plan = planCut(small.whole, { classes: [0], tau: 0.5 });
    const neverRead = () => Promise.reject(new Error('nothing is to be read'));
    for (const at of [0, 5, plan.header.length, plan.weightsBytes]) {
      expect(await gathered(cutWeights(plan, neverRead, { start: at, end: at }))).toHaveLength(0);
    }
    expect(await gathered(cutWeights(plan, neverRead, { end: 8 }))).toEqual(plan.header.slice(0, 8));
  });

  it.each([
    [-1, 4],
    [5, 4],
    [0.5, 4],
    [0, 1e9],
    [NaN, 4],
  ])('are refused from byte %d to %d, before anything is read', (start, end) => {
    const plan = planCut(small.whole, { classes: [0], tau: 0.5 });
    expect(() => cutWeights(plan, readFrom(small.file), { start, end })).toThrow(
      expect.objectContaining({
        code: 'BLOB_RANGE_INVALID',
        message: `Bytes ${start} to ${end} are asked for of weights of ${plan.weightsBytes} bytes; ask for a range within them.`,
      }),
    );
  });
});

describe('reading a parent that is not as its header said', () => {
  const plan = planCut(small.whole, { classes: [0, 1, 2], tau: 0 });

  it('is refused where bytes are missing', async () => {
    const short = small.file.subarray(0, small.file.length - 10);
    await expect(gathered(cutWeights(plan, readFrom(short)))).rejects.toMatchObject({
      code: 'BLOB_DAMAGED',
      message: expect.stringMatching(
        /^Of the parent model's weights \d+ bytes from byte \d+ on were asked for, but only \d+ came; restore the file\.$/,
      ) as string,
    });
  });

  it('is refused where more bytes come', async () => {
    const tooMuch = async function* () {
      yield new Uint8Array(small.file.length + 1);
    };
    await expect(gathered(cutWeights(plan, tooMuch))).rejects.toMatchObject({ code: 'BLOB_DAMAGED' });
  });

  it('passes on what the reader throws', async () => {
    const broken = () => Promise.reject(new Error('the disk is gone'));
    await expect(gathered(cutWeights(plan, broken))).rejects.toThrow('the disk is gone');
    const brokenAtOnce = () => {
      throw new Error('no such file');
    };
    await expect(gathered(cutWeights(plan, brokenAtOnce))).rejects.toThrow('no such file');
  });
});
