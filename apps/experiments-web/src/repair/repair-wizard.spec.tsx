// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { NuqsTestingAdapter, type UrlUpdateEvent } from 'nuqs/adapters/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  ModelsForRepairDocument,
  type RepairRunFragment,
  ReplaceClassDocument,
  RepairResultDocument,
} from '../graphql/generated/operations';
import { tinyModelFiles } from '../modules/testing/model-files';
import { createModuleDesk } from '../modules/worker/module-desk';
import { RepairWizard } from './repair-wizard';

const { ask, follow } = vi.hoisted(() => ({ ask: vi.fn(), follow: vi.fn() }));
vi.mock('../gateway/browser-client', () => ({ gateway: { ask, follow } }));
vi.mock('../modules/parts/lazy-charts', () => ({ HeatMap: () => null }));
// No web workers and no files here: the worker's desk answers by itself, of a model that is known by hand.
vi.mock('../modules/data/model-files', async (original) => ({
  ...(await original<typeof import('../modules/data/model-files')>()),
  downloadModelFiles: () => Promise.resolve(tinyModelFiles()),
}));
vi.mock('../modules/worker/open-module-worker', () => ({
  openModuleWorker: () => {
    const desk = createModuleDesk();
    return {
      ask: async (name: string, given: unknown) => {
        const reply = desk({ id: 0, name, given } as never);
        if ('code' in reply) throw new Error(reply.message);
        return reply.answer;
      },
      close: () => undefined,
    };
  },
}));

const run = (id: string, name: string): RepairRunFragment => ({
  id,
  name,
  experimentName: 'digits',
  state: 'succeeded',
  reason: 'Training is done.',
  task: { kind: 'train' },
  spec: { arch: 'lenet5', dataset: 'digits', method: 'standard', epochs: 5 },
  device: 'a processor',
  createdAt: '2026-01-01T00:00:00Z',
  startedAt: '2026-01-01T00:00:00Z',
  endedAt: '2026-01-01T00:01:00Z',
  outcome: { accuracy: 0.9, parameters: 1000, seconds: 60 },
});
const runs = [run('w1', 'weak'), run('s1', 'strong')];

const evaluation = (accuracies: Readonly<Record<string, number>>) => ({
  accuracy: 0.8,
  loss: 1,
  count: 200,
  perClass: Object.entries(accuracies).map(([name, accuracy], index) => ({
    class: index,
    name,
    accuracy,
    count: 100,
  })),
  confusion: [
    [90, 10],
    [40, 60],
  ],
});
const files = ['model/module.json', 'model/rates.safetensors'].map((name) => ({
  name,
  sizeBytes: 1,
  url: 'http://127.0.0.1:1/nothing',
}));
const side = (target: number) => ({
  target,
  others: 0.9,
  perClass: [{ class: 0, name: 'seven', accuracy: target }],
});
const refused = {
  strategy: 'moda',
  class: 1,
  name: 'seven',
  before: side(0.6),
  after: side(0.61),
  paired: {
    target: { bothRight: 58, onlyBefore: 2, onlyAfter: 3, bothWrong: 37 },
    others: { bothRight: 90, onlyBefore: 0, onlyAfter: 0, bothWrong: 10 },
  },
  addedParameters: 1,
  addedFlops: 1,
};

function answerTo(operation: unknown): unknown {
  if (operation === ModelsForRepairDocument)
    return {
      runs: {
        edges: [
          {
            node: {
              id: 'w1',
              result: { evaluation: evaluation({ three: 0.9, seven: 0.6 }) },
              artifacts: files,
            },
          },
          {
            node: {
              id: 's1',
              result: { evaluation: evaluation({ three: 0.95, seven: 0.97 }) },
              artifacts: files,
            },
          },
        ],
      },
    };
  if (operation === ReplaceClassDocument)
    return { replaceClass: { __typename: 'Submission', created: true, run: { id: 'r1' } } };
  if (operation === RepairResultDocument)
    return {
      run: {
        ...run('r1', 'repair'),
        task: { kind: 'replace' },
        progressShare: 1,
        result: refused,
        error: null,
        artifacts: [],
      },
    };
  return {
    runs: { edges: runs.map((node) => ({ node })), pageInfo: { endCursor: null, hasNextPage: false } },
  };
}

// A machine that builds beside it takes its time.
configure({ asyncUtilTimeout: 10_000 });

let address = '';

function show(search = '') {
  return render(
    <NuqsTestingAdapter
      hasMemory
      searchParams={search}
      onUrlUpdate={({ queryString }: UrlUpdateEvent) => {
        address = queryString;
      }}
    >
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <RepairWizard initialRuns={runs} />
      </QueryClientProvider>
    </NuqsTestingAdapter>,
  );
}

beforeEach(() => {
  ask.mockImplementation((operation: unknown) => Promise.resolve(answerTo(operation)));
  follow.mockImplementation(async function* progress() {
    yield {
      progress: {
        id: 'r1',
        state: 'succeeded',
        reason: 'Done.',
        progressShare: 1,
        queuePosition: null,
        waitReason: null,
      },
    };
  });
});
afterEach(() => {
  cleanup();
  vi.clearAllMocks();
});

const table = (name: string) => within(screen.getByRole('table', { name }));

describe('the repair wizard', () => {
  it('leads from the weak model over its worst class and a module to a verdict, and keeps each choice in the address', async () => {
    show();
    fireEvent.click(screen.getByRole('button', { name: 'Choose weak' }));
    await screen.findByRole('table', { name: 'Classes of the weak model, the worst first' });
    const rows = table('Classes of the weak model, the worst first').getAllByRole('row');
    expect(rows[1]?.textContent).toMatch(/seven60\.00.*three \(40 images\)/);
    fireEvent.click(screen.getByRole('button', { name: 'Choose class seven' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Choose the module of strong' }));
    await waitFor(() => expect(new URLSearchParams(address).get('strong')).toBe('s1'));
    expect(screen.getByText('npx moda runs replace --weak w1 --strong s1 --class seven')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Repair class seven' }));
    expect(
      await screen.findByRole('heading', { name: /Refused: class seven is not shown to be better/ }),
    ).toBeTruthy();
    expect(Object.fromEntries(new URLSearchParams(address))).toEqual({
      weak: 'w1',
      class: 'seven',
      strong: 's1',
      run: 'r1',
    });
    expect(ask).toHaveBeenCalledWith(ReplaceClassDocument, {
      input: {
        weak: 'w1',
        strong: 's1',
        class: 'seven',
        strategy: 'moda',
        idempotencyKey: 'repair w1 s1 moda seven',
      },
    });
  });

  it('says what a module adds: its own size, and what joins it to the weak model', async () => {
    show('?weak=w1&class=seven');
    await screen.findByText(/26\.3/);
    // Module: 5 parameters and 10 multiply-adds. Joined: 3 x 3 weights and 3 biases, less 4 weights and a bias.
    const [, row] = table('Modules for class seven, the most accurate first').getAllByRole('row');
    expect(row?.textContent).toMatch(/\+37\.0 points\s*26\.3\s%1215/);
  });

  it('shows the same to somebody who is given the address', async () => {
    show('?weak=w1&class=seven&strong=s1&run=r1');
    expect(await screen.findByRole('heading', { name: /Refused/ })).toBeTruthy();
    expect(screen.getByRole('button', { name: /Chosen weak/ }).getAttribute('aria-pressed')).toBe('true');
  });

  it('forgets what followed when an earlier choice changes', async () => {
    show('?weak=w1&class=seven&strong=s1&run=r1');
    fireEvent.click(await screen.findByRole('button', { name: 'Choose class three' }));
    await waitFor(() =>
      expect(Object.fromEntries(new URLSearchParams(address))).toEqual({ weak: 'w1', class: 'three' }),
    );
    expect(screen.queryByRole('heading', { name: /Refused/ })).toBeNull();
  });

  it('says why a repair was not taken', async () => {
    ask.mockImplementation((operation: unknown) =>
      Promise.resolve(
        operation === ReplaceClassDocument
          ? {
              replaceClass: {
                __typename: 'Problem',
                code: 'CLASS_UNKNOWN',
                message: 'The strong model has no class seven.',
              },
            }
          : answerTo(operation),
      ),
    );
    show('?weak=w1&class=seven&strong=s1');
    fireEvent.click(await screen.findByRole('button', { name: 'Repair class seven' }));
    expect((await screen.findByRole('alert')).textContent).toContain('CLASS_UNKNOWN');
  });
});
