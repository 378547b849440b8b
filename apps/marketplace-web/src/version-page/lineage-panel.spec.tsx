// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { inPage } from '../testing/in-page';
import { LineagePanel } from './lineage-panel';
import type { PageModule, PageVersion } from './version-question';

const digest = `sha256:${'ab'.repeat(32)}`;
const module = { classIndex: 3, className: 'cat', reference: 'ada/pets/cat@1.0.0' } as PageModule;
const composition = (classes: readonly number[], cut: string | null) => ({
  node: {
    id: classes.join('.'),
    reference: null,
    classes,
    tau: 0.9,
    digest: cut,
    weightsBytes: 41_000,
    createdAt: '2026-01-01T00:00:00Z',
  },
});
const version = {
  reference: 'ada/pets@1.0.0',
  digest,
  classes: ['bird', 'dog', 'fish', 'cat'].map((name, index) => ({ index, name, sourceLabel: index })),
  modules: [module],
  run: { id: 'run-1', name: 'modular', experimentName: 'first', device: 'CPU', endedAt: null },
  lineage: { nodes: [], edges: [] },
  compositions: { totalEstimate: 2, edges: [composition([0, 1], digest), composition([1, 3], null)] },
} as unknown as PageVersion;

describe('the lineage of a module', () => {
  it('goes from the run over the model to the compositions that hold the class', () => {
    inPage(<LineagePanel version={version} module={module} />);
    expect(screen.getByRole('link', { name: 'modular of first' }).getAttribute('href')).toBe('/runs/run-1');
    expect(screen.getByRole('link', { name: 'ada/pets@1.0.0' })).toBeDefined();
    expect(screen.getByRole('link', { name: 'dog, cat' }).getAttribute('href')).toBe(
      '/cart?of=ada/pets@1.0.0&classes=1,3&tau=0.9',
    );
    expect(screen.queryByRole('link', { name: 'bird, dog' })).toBeNull();
    expect(screen.getByText('not cut yet')).toBeDefined();
  });

  it('tells a model without a run from a service that is away', () => {
    inPage(<LineagePanel version={{ ...version, run: null }} />);
    expect(screen.getByText(/published from a folder/)).toBeDefined();
    const failure = { code: 'SUBGRAPH_UNAVAILABLE', message: 'The training service is away.' };
    inPage(<LineagePanel version={{ ...version, run: null, failure }} />);
    expect(screen.getByText(/Not known at the moment/)).toBeDefined();
  });
});
