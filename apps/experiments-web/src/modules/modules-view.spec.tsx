// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DecomposeForModulesDocument } from '../graphql/generated/operations';
import { ModulesView, type RunWithModules } from './modules-view';

const { ask } = vi.hoisted(() => ({ ask: vi.fn() }));
vi.mock('../gateway/browser-client', () => ({ gateway: { ask } }));
vi.mock('./open-modules', () => ({
  OpenModules: ({ runId }: { readonly runId: string }) => `modules of ${runId}`,
}));

const files = ['model/module.json', 'model/rates.safetensors'].map((name) => ({
  name,
  sizeBytes: 1,
  url: 'http://f',
}));
const run: RunWithModules = {
  id: 'run-1',
  name: null,
  experimentName: 'digits',
  state: 'succeeded',
  reason: 'Training is done.',
  task: { kind: 'train' },
  spec: {},
  device: null,
  artifacts: [],
};
const node = (task: Record<string, unknown>, state = 'succeeded') => ({
  id: 'run-2',
  name: null,
  state,
  reason: 'It waits.',
  progressShare: 0.5,
  task,
  device: null,
  createdAt: '2026-01-01T00:00:00Z',
  outcome: null,
});

function show(shown: RunWithModules, derived: readonly unknown[] = []) {
  ask.mockImplementation((operation: unknown) =>
    Promise.resolve(
      operation === DecomposeForModulesDocument
        ? { decomposeRun: { __typename: 'Submission', created: true, run: { id: 'run-2' } } }
        : {
            run: { ...run, id: 'run-2', artifacts: files },
            runs: {
              edges: derived.map((one) => ({ node: one })),
              pageInfo: { endCursor: null, hasNextPage: false },
            },
          },
    ),
  );
  return render(
    <QueryClientProvider client={new QueryClient()}>
      <ModulesView run={shown} />
    </QueryClientProvider>,
  );
}

// A machine that builds beside it takes its time.
configure({ asyncUtilTimeout: 10_000 });

afterEach(() => {
  cleanup();
  vi.clearAllMocks();
});

describe('the modules of a run', () => {
  it('are those of its own files', async () => {
    show({ ...run, artifacts: files });
    expect(await screen.findByText('modules of run-1')).toBeTruthy();
  });

  it('are those of the run that decomposed it, where it has no rates itself', async () => {
    show(run, [node({ kind: 'decompose', run: 'run-1', tau: 0.9 })]);
    expect(await screen.findByText('modules of run-2')).toBeTruthy();
  });

  it('are found by a command or a button, where nobody has found them yet', async () => {
    show(run);
    expect(await screen.findByText('npx moda runs decompose run-1')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Find the modules' }));
    await expect
      .poll(() => ask)
      .toHaveBeenCalledWith(DecomposeForModulesDocument, { id: 'run-1', idempotencyKey: 'modules-run-1' });
  });

  it('are on their way while a decomposition runs', async () => {
    show(run, [node({ kind: 'decompose', run: 'run-1', tau: 0.9 }, 'running')]);
    expect(await screen.findByText('The modules are being found.')).toBeTruthy();
    expect(screen.getByRole('progressbar')).toBeTruthy();
  });

  it('come after the training', async () => {
    show({ ...run, state: 'running' });
    expect(await screen.findByText(/this run is running/)).toBeTruthy();
  });

  it('of a repair are those of the models that it was made of', async () => {
    show({ ...run, task: { kind: 'replace', weak: 'weak-run-id', strong: 'strong-run-id' } });
    expect((await screen.findAllByRole('link')).map((link) => link.getAttribute('href'))).toEqual([
      '/runs/weak-run-id/modules',
      '/runs/strong-run-id/modules',
    ]);
  });
});
