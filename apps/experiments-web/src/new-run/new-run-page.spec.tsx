// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ExperimentNamesDocument } from '../graphql/generated/operations';
import { NewRunPage } from './new-run-page';

const { ask, push } = vi.hoisted(() => ({ ask: vi.fn(), push: vi.fn() }));
vi.mock('../gateway/browser-client', () => ({ gateway: { ask } }));
vi.mock('next/navigation', () => ({ useRouter: () => ({ push }) }));

/** Orders that were sent, without the question for names of experiments. */
function orders(): readonly { readonly input: Readonly<Record<string, unknown>> }[] {
  return ask.mock.calls
    .filter(([document]) => document !== ExperimentNamesDocument)
    .map(([, variables]) => variables as { input: Readonly<Record<string, unknown>> });
}

function open(initial: Readonly<Record<string, unknown>>, ...answers: readonly object[]) {
  const left = [...answers];
  ask.mockImplementation(async (document: unknown) =>
    document === ExperimentNamesDocument ? { experiments: [] } : left.shift(),
  );
  render(
    <QueryClientProvider client={new QueryClient()}>
      <NewRunPage initial={initial} experiment="gamma" />
    </QueryClientProvider>,
  );
}

function fill(label: string, value: string): void {
  fireEvent.change(screen.getByLabelText(label), { target: { value } });
}

const submitted = { submitRun: { __typename: 'Submission', created: true, run: { id: 'r9' } } };
const refused = {
  submitRun: {
    __typename: 'Problem',
    code: 'SPEC_INVALID',
    message: 'dataDir is missing.',
    nearest: null,
    details: { issues: [{ path: 'dataDir', message: 'dataDir is missing; give it the path of a folder.' }] },
  },
};

afterEach(() => {
  cleanup();
  ask.mockReset();
  push.mockReset();
});

describe('The form of a new run', () => {
  it('shows the command for what is filled in, as it is typed', () => {
    open({});
    fill('Network', 'lenet5');
    fill('Epochs', '7');
    expect(screen.getByText('npx moda runs submit --arch lenet5 --epochs 7 --experiment gamma')).toBeTruthy();
  });

  it('says at the field what is wrong, and submits nothing until it is mended', () => {
    open({ arch: 'lenet5' });
    fill('Epochs', '0');
    expect(screen.getByText('epochs has to be a whole number from 1 to 100000, not 0.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Submit the run' })).toHaveProperty('disabled', true);
  });

  it('submits under one key however often it is pressed, and goes to the run', async () => {
    open({ arch: 'lenet5', epochs: 3 }, refused, submitted);
    fill('Name', 'mine');
    fireEvent.click(screen.getByRole('button', { name: 'Submit the run' }));
    expect(await screen.findByRole('alert')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Submit the run' }));
    await waitFor(() => expect(push).toHaveBeenCalledWith('/runs/r9'));
    const [first, second] = orders();
    expect(first!.input).toMatchObject({ name: 'mine', experiment: 'gamma', spec: { epochs: 3 } });
    expect(first!.input['idempotencyKey']).toBe(second!.input['idempotencyKey']);
  });

  it('takes what the service complains about to its field', async () => {
    open({ arch: 'vgg16' }, refused);
    fireEvent.click(screen.getByRole('button', { name: 'Submit the run' }));
    expect(await screen.findByText('dataDir is missing; give it the path of a folder.')).toBeTruthy();
    expect(screen.getByLabelText('Folder of the data').getAttribute('aria-invalid')).toBe('true');
  });

  it('tries the first steps and stores nothing', async () => {
    const estimate = {
      __typename: 'Estimate',
      seconds: 12,
      peakBytes: 6e8,
      steps: 60,
      device: 'a processor',
    };
    open({ arch: 'lenet5' }, { submitRun: { __typename: 'DryRun', command: '', spec: {}, estimate } });
    fireEvent.click(screen.getByRole('button', { name: 'Try the first steps' }));
    expect(await screen.findByText('600 MB')).toBeTruthy();
    expect(screen.getByText('a processor')).toBeTruthy();
    expect(orders()[0]!.input).toMatchObject({ dryRun: true });
  });

  it('submits a sweep over seeds and values', async () => {
    const submissions = Array.from({ length: 6 }, (_, run) => ({ created: true, run: { id: `r${run}` } }));
    open({ arch: 'lenet5' }, { sweep: { __typename: 'Sweep', submissions } });
    fireEvent.click(screen.getByLabelText('Submit a sweep'));
    const lists = screen.getAllByPlaceholderText('values with commas');
    fireEvent.change(lists[4]!, { target: { value: '0.3, 1' } });
    expect(screen.getByText('6 runs.')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Submit 6 runs' }));
    await waitFor(() => expect(push).toHaveBeenCalledWith('/?experiment=gamma&group=true&sort=-created'));
    expect(orders()[0]!.input).toMatchObject({
      experiment: 'gamma',
      grid: { gamma: [0.3, 1], seed: [1, 2, 3] },
      base: { arch: 'lenet5' },
    });
  });
});
