import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plane } from './pixels.js';
import { resizeBilinear } from './resize-bilinear.js';

function plane(width: number, height: number, data: readonly number[], channels = 1): Plane {
  return { width, height, channels, data: Float32Array.from(data) };
}

const planes = fc
  .record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }), seed: fc.nat() })
  .map(({ width, height, seed }) =>
    plane(
      width,
      height,
      Array.from({ length: width * height }, (_, i) => (((i + 1) * (seed + 7)) % 256) as number),
    ),
  );
const side = fc.integer({ min: 1, max: 20 });

describe('an image in another size', () => {
  it('is itself in its own size', () => {
    const image = plane(2, 3, [1, 2, 3, 4, 5, 6]);
    expect(resizeBilinear(image, 2, 3)).toEqual(image);
  });

  it('is the mean of four pixels in half the size, where the triangle reaches no further', () => {
    // The triangle of reach 2 gives the two pixels of each half 3/4 and 1/4 of the others: by hand for a step.
    const image = plane(4, 1, [0, 0, 255, 255]);
    const { data } = resizeBilinear(image, 2, 1);
    expect(data[0]).toBeCloseTo(255 / 8, 3);
    expect(data[1]).toBeCloseTo(255 - 255 / 8, 3);
  });

  it('has quarters between two pixels in twice the size', () => {
    expect([...resizeBilinear(plane(2, 1, [0, 100]), 4, 1).data]).toEqual([0, 25, 75, 100]);
    expect([...resizeBilinear(plane(1, 2, [0, 100]), 1, 4).data]).toEqual([0, 25, 75, 100]);
  });

  it('keeps its channels apart', () => {
    const { data } = resizeBilinear(plane(2, 1, [0, 10, 100, 20], 2), 4, 1);
    expect([...data]).toEqual([0, 10, 25, 12.5, 75, 17.5, 100, 20]);
  });

  it('stays between its darkest and its brightest pixel, and grey where it is grey', () => {
    fc.assert(
      fc.property(planes, side, side, (image, width, height) => {
        const { data } = resizeBilinear(image, width, height);
        const [low, high] = [Math.min(...image.data), Math.max(...image.data)];
        expect(data).toHaveLength(width * height);
        for (const value of data) {
          expect(value).toBeGreaterThanOrEqual(low - 1e-3);
          expect(value).toBeLessThanOrEqual(high + 1e-3);
        }
      }),
    );
  });

  it('is turned as the image is turned', () => {
    fc.assert(
      fc.property(planes, side, side, (image, width, height) => {
        const turned = (p: Plane) => plane(p.width, p.height, [...p.data].reverse());
        const [a, b] = [
          resizeBilinear(turned(image), width, height),
          turned(resizeBilinear(image, width, height)),
        ];
        a.data.forEach((value, i) => expect(value).toBeCloseTo(b.data[i]!, 2));
      }),
    );
  });
});
