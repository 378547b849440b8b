import { describe, expect, it, vi } from 'vitest';

const loaded = vi.hoisted(() => new Set<string>());

// Stand-ins that are made only when somebody imports them.
vi.mock('@moda/nn', () => {
  loaded.add('@moda/nn');
  return {};
});
vi.mock('@moda/tensor-backend', () => {
  loaded.add('@moda/tensor-backend');
  return {};
});

describe('surgery', () => {
  it('reaches networks as data and no tensors', async () => {
    const surgery = await import('./surgery.js');
    expect(Object.keys(surgery)).toEqual(
      expect.arrayContaining(['compatibility', 'cutWeights', 'derivedPackage', 'planCut', 'priceOf']),
    );
    expect([...loaded]).toEqual([]);
  });

  it('would be seen to reach them: other rooms of the package do', async () => {
    await import('./replace/repair-report.js');
    expect([...loaded]).toEqual(['@moda/nn']);
    await import('@moda/tensor-backend');
    expect([...loaded]).toEqual(['@moda/nn', '@moda/tensor-backend']);
  });
});
