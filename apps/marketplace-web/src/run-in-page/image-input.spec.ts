import { describe, expect, it } from 'vitest';
import { inputOf, isDigits } from './image-input';

const shape = { height: 32, width: 32, channels: 1 };
const paper = (ink: number) => {
  const data = new Uint8ClampedArray(100 * 100 * 4).fill(255);
  for (let y = 30; y < 70; y++)
    for (let x = 5; x < 15; x++) data.fill(ink, 4 * (100 * y + x), 4 * (100 * y + x) + 3);
  return { width: 100, height: 100, data };
};

describe('a picture for a model', () => {
  it('of digits is centred, white on black', () => {
    expect(isDigits('mnist')).toBe(true);
    const { data } = inputOf(paper(0), shape, 'digits')!;
    expect(data[16 * 32 + 16]).toBeCloseTo(255, 1);
    expect(data[0]).toBe(0);
    expect(inputOf(paper(255), shape, 'digits')).toBeUndefined();
  });

  it('of anything else is only resized', () => {
    expect(isDigits('cifar10')).toBe(false);
    const { data } = inputOf(paper(0), shape, 'cifar10')!;
    expect(data[16 * 32 + 16]).toBeCloseTo(255, 1);
    expect(data[16 * 32 + 3]).toBeLessThan(60);
    expect(inputOf(paper(255), shape, undefined)).toBeDefined();
  });
});
