import { describe, expect, it } from 'vitest';
import { nearestName } from './nearest-name.js';

describe('nearestName', () => {
  const names = ['vgg16', 'resnet18', 'mobilenet'];

  it.each([
    ['vgg19', 'vgg16'],
    ['ResNet-18', 'resnet18'],
    ['mobilnet', 'mobilenet'],
  ])('finds what %s may have meant', (word, name) => {
    expect(nearestName(word, names)).toBe(name);
  });

  it('suggests nothing for a word that is near none', () => {
    expect(nearestName('transformer', names)).toBeUndefined();
    expect(nearestName('x'.repeat(1_000_000), names)).toBeUndefined();
  });
});
