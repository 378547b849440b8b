import { describe, expect, it } from 'vitest';
import { citationOf } from './citation';

const digest = `sha256:${'ab'.repeat(32)}`;

describe('the citation of a version', () => {
  it('names who published what when, and its digest', () => {
    expect(
      citationOf({
        of: 'ada/street_signs@1.0.0',
        architecture: 'vgg16',
        dataset: 'cifar10',
        publishedAt: '2026-11-23T10:00:00Z',
        publishedBy: 'ada & co',
        digest,
      }),
    ).toBe(
      [
        '@misc{ada-street-signs-1-0-0,',
        String.raw`  title = {ada/street\_signs@1.0.0 (vgg16 on cifar10, modular)},`,
        String.raw`  author = {ada \& co},`,
        '  year = {2026},',
        `  note = {MODA model package, ${digest}}`,
        '}',
      ].join('\n'),
    );
  });
});
