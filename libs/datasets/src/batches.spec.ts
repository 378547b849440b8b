import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batches, type ImageBatch } from './batches.js';
import type { ImageSplit } from './image-dataset.js';
import { normalisationTable } from './normalisation-table.js';
import { shuffledOrder } from './order.js';
import { drawPlacement } from './placement.js';
import { createRng } from './rng.js';
import { countingSplit } from './testing/image-sets.js';

/** Gives back the bytes: mean 0 and deviation 1/255 undo the scaling. */
const bytesAgain = (channels: number) => ({
  mean: Array<number>(channels).fill(0),
  std: Array<number>(channels).fill(1 / 255),
});

const asBytes = ({ images }: ImageBatch) => Array.from(images, Math.round);

const shapes = fc.record({
  height: fc.integer({ min: 1, max: 6 }),
  width: fc.integer({ min: 1, max: 6 }),
  channels: fc.integer({ min: 1, max: 3 }),
});

/** The augmented image pixel by pixel: pad with black, cut, mirror. */
function naivePixel(
  { images, height, width, channels }: ImageSplit,
  sample: number,
  { down, right, mirrored }: { down: number; right: number; mirrored: boolean },
  y: number,
  x: number,
  channel: number,
): number {
  const sourceY = y + down;
  const sourceX = (mirrored ? width - 1 - x : x) + right;
  if (sourceY < 0 || sourceY >= height || sourceX < 0 || sourceX >= width) return 0;
  return images[((sample * height + sourceY) * width + sourceX) * channels + channel] ?? Number.NaN;
}

describe('batches', () => {
  const split = countingSplit([0, 1, 2, 3, 4], { height: 2, width: 2, channels: 1 });
  const normalisation = bytesAgain(1);

  it('walk over all samples as they come, the last batch with what is left', () => {
    const found = [...batches(split, { batchSize: 2, normalisation })];
    expect(found.map(({ size }) => size)).toEqual([2, 2, 1]);
    expect(found.map(({ labels }) => [...labels])).toEqual([[0, 1], [2, 3], [4]]);
    expect(found.flatMap(asBytes)).toEqual([...split.images]);
  });

  it('follow the given order and may leave samples out', () => {
    const [batch] = batches(split, { batchSize: 9, normalisation, order: Uint32Array.of(3, 0) });
    expect([...(batch?.labels ?? [])]).toEqual([3, 0]);
    expect(batch && asBytes(batch)).toEqual([13, 14, 15, 16, 1, 2, 3, 4]);
  });

  it('normalise each channel with its own mean and deviation', () => {
    const coloured = countingSplit([0], { height: 1, width: 2, channels: 3 });
    const own = { mean: [0.1, 0.2, 0.3], std: [0.5, 0.25, 0.125] };
    const table = normalisationTable(own, 3);
    const [batch] = batches(coloured, { batchSize: 1, normalisation: own });
    expect([...(batch?.images ?? [])]).toEqual(
      [1, 2, 3, 4, 5, 6].map((byte, position) => table[(position % 3) * 256 + byte]),
    );
  });

  it('give arrays that later batches leave alone', () => {
    const [first, second] = batches(split, { batchSize: 2, normalisation });
    expect(first?.images.buffer).not.toBe(second?.images.buffer);
  });

  it('show, augmented, the padded, cut and mirrored image and nothing else', () => {
    fc.assert(
      fc.property(
        shapes,
        fc.integer({ min: 0, max: 7 }),
        fc.boolean(),
        fc.nat(),
        (shape, cropPadding, flip, seed) => {
          const images = countingSplit([0, 1, 2], shape);
          const augmentation = { cropPadding, horizontalFlip: flip };
          const [batch] = batches(images, {
            batchSize: 3,
            normalisation: bytesAgain(shape.channels),
            augmentation,
            rng: createRng(seed),
          });
          const rng = createRng(seed);
          const expected: number[] = [];
          for (let sample = 0; sample < 3; sample += 1) {
            const placement = drawPlacement(augmentation, rng);
            for (let y = 0; y < shape.height; y += 1)
              for (let x = 0; x < shape.width; x += 1)
                for (let channel = 0; channel < shape.channels; channel += 1)
                  expected.push(naivePixel(images, sample, placement, y, x, channel));
          }
          expect(batch && asBytes(batch)).toEqual(expected);
        },
      ),
    );
  });

  it('are the same twice for one seed, order and augmentation included', () => {
    const run = (seed: number) => {
      const rng = createRng(seed);
      const order = shuffledOrder(split.count, rng);
      const augmentation = { cropPadding: 1, horizontalFlip: true };
      return [...batches(split, { batchSize: 2, normalisation, order, augmentation, rng })].flatMap(asBytes);
    };
    expect(run(5)).toEqual(run(5));
    expect(run(5)).not.toEqual(run(6));
  });

  it.each([0, -1, 1.5, Number.NaN])('refuse the batch size %d', (batchSize) => {
    expect(() => [...batches(split, { batchSize, normalisation })]).toThrow(
      expect.objectContaining({
        code: 'USAGE',
        message: `The batch size is ${batchSize}, but must be a positive integer.`,
      }),
    );
  });

  it('refuse an order that names a sample which is not there, and an augmentation without chance', () => {
    expect(() => [...batches(split, { batchSize: 2, normalisation, order: Uint32Array.of(5) })]).toThrow(
      RangeError,
    );
    const augmentation = { cropPadding: 1, horizontalFlip: false };
    expect(() => [...batches(split, { batchSize: 2, normalisation, augmentation })]).toThrow(TypeError);
  });
});

describe('a placement', () => {
  const placements = (cropPadding: number, horizontalFlip: boolean) => {
    const rng = createRng(3);
    return Array.from({ length: 400 }, () => drawPlacement({ cropPadding, horizontalFlip }, rng));
  };

  it('reaches every offset from -padding to +padding in both directions, mirrored or not', () => {
    const drawn = placements(2, true);
    expect([...new Set(drawn.map(({ down }) => down))].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
    expect([...new Set(drawn.map(({ right }) => right))].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
    const mirrored = drawn.filter((placement) => placement.mirrored).length;
    // 400 coins: 200 with a deviation of 10.
    expect(Math.abs(mirrored - 200)).toBeLessThan(50);
  });

  it('never mirrors where mirroring is off', () => {
    expect(placements(2, false).some(({ mirrored }) => mirrored)).toBe(false);
  });
});
