// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type OnUrlUpdateFunction, withNuqsTestingAdapter } from 'nuqs/adapters/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RunStoreProvider } from '../run-store/run-store-context';
import { runRow } from '../testing/run-rows';
import { RunTablePage } from './run-table-page';

const { ask, push } = vi.hoisted(() => ({ ask: vi.fn(), push: vi.fn() }));
vi.mock('../gateway/browser-client', () => ({
  gateway: {
    ask,
    async *follow() {
      yield* [];
    },
  },
}));
vi.mock('next/navigation', () => ({ useRouter: () => ({ push }) }));

const rows = [
  runRow({ id: 'a1', name: 'alpha', createdAt: '2026-03-01T12:00:00Z', spec: { seed: 1 } }),
  runRow({ id: 'b2', name: 'beta', createdAt: '2026-03-01T11:00:00Z', spec: { seed: 2 } }),
  runRow({ id: 'c3', name: 'gamma', createdAt: '2026-03-01T10:00:00Z', state: 'failed' }),
];

function answer(runs: readonly unknown[]) {
  return {
    runs: {
      totalEstimate: runs.length,
      pageInfo: { endCursor: null, hasNextPage: false },
      edges: runs.map((node) => ({ node })),
    },
  };
}

function open(searchParams = '', first = rows) {
  ask.mockResolvedValue(answer(first));
  const onUrlUpdate = vi.fn<OnUrlUpdateFunction>();
  const Nuqs = withNuqsTestingAdapter({ searchParams, onUrlUpdate, hasMemory: true });
  render(<RunTablePage first={{ rows: first, total: first.length }} />, {
    wrapper: ({ children }) => (
      <QueryClientProvider client={new QueryClient()}>
        <Nuqs>
          <RunStoreProvider>{children}</RunStoreProvider>
        </Nuqs>
      </QueryClientProvider>
    ),
  });
  return { address: () => onUrlUpdate.mock.lastCall?.[0].queryString };
}

function press(key: string): void {
  fireEvent.keyDown(document.body, { key });
}

beforeEach(() => {
  // The table draws as many rows as it has room for.
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(600);
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(1200);
});

afterEach(() => {
  cleanup();
  localStorage.clear();
  vi.restoreAllMocks();
  push.mockReset();
});

describe('The run table', () => {
  it('shows the runs that came with the page at once', () => {
    open();
    expect(screen.getByText('3 of 3 runs')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'alpha' }).getAttribute('href')).toBe('/runs/a1');
  });

  it('shows what its address asks for', () => {
    open('?state=failed&columns=state');
    expect(screen.getByText('1 of 3 runs')).toBeTruthy();
    expect(screen.queryByRole('link', { name: 'alpha' })).toBeNull();
    expect(screen.queryByRole('columnheader', { name: /Network/ })).toBeNull();
  });

  it('puts every choice into its address', async () => {
    const { address } = open();
    fireEvent.change(screen.getByRole('searchbox', { name: 'Search runs' }), { target: { value: 'bet' } });
    await waitFor(() => expect(address()).toBe('?q=bet'));
    fireEvent.click(screen.getByLabelText('Group by configuration'));
    await waitFor(() => expect(address()).toBe('?q=bet&group=true'));
  });

  it('is worked by keys: move, select, compare, open', async () => {
    const { address } = open();
    press('j');
    press('x');
    await waitFor(() => expect(address()).toBe('?selected=a1'));
    press('j');
    press('x');
    await waitFor(() => expect(address()).toBe('?selected=a1,b2'));
    expect(screen.getByText('2 selected')).toBeTruthy();
    press('c');
    await waitFor(() => expect(push).toHaveBeenCalledWith('/compare?runs=a1,b2'));
    press('k');
    press('Enter');
    await waitFor(() => expect(push).toHaveBeenCalledWith('/runs/a1'));
  });

  it('is left when its address is as it is, so that the way back leads to the same selection', async () => {
    const { address } = open();
    let left: string | undefined;
    push.mockImplementation(() => (left = address()));
    for (const key of ['j', 'x', 'j', 'x', 'c']) press(key);
    await waitFor(() => expect(push).toHaveBeenCalledWith('/compare?runs=a1,b2'));
    expect(left).toBe('?selected=a1,b2');
  });

  it('leaves keys to the field that is typed in', () => {
    open();
    const field = screen.getByRole('searchbox', { name: 'Search runs' });
    fireEvent.keyDown(field, { key: 'j' });
    fireEvent.keyDown(field, { key: 'x' });
    expect(screen.getByText('0 selected')).toBeTruthy();
  });

  it('shows the cross-entropy of runs where it is asked for, and a dash for those that were not told it', () => {
    const told = [0.3125, null].map((crossEntropy, place) =>
      runRow({ id: `r${place}`, outcome: { crossEntropy } }),
    );
    open('?columns=crossEntropy&sort=crossEntropy', told);
    const cells = screen.getAllByRole('row').map((row) => row.lastElementChild?.textContent);
    expect(cells).toEqual(['Cross-entropy', '0.3125', '–']);
  });

  it('is kept as a view under a name, and shown again as it was, with what is selected by now', async () => {
    const { address } = open('?state=failed&group=true&selected=a1');
    fireEvent.change(screen.getByLabelText('Keep this view as'), { target: { value: ' failed ones ' } });
    fireEvent.click(screen.getByRole('button', { name: 'Keep' }));
    fireEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
    fireEvent.click(screen.getByLabelText('Group by configuration'));
    await waitFor(() => expect(address()).toBe('?selected=a1'));
    fireEvent.click(screen.getByRole('button', { name: 'failed ones' }));
    await waitFor(() => expect(address()).toBe('?selected=a1&state=failed&group=true'));
    expect(screen.getByText('1 of 3 runs')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Forget the view failed ones' }));
    expect(screen.queryByRole('button', { name: 'failed ones' })).toBeNull();
  });

  it('names its address where that would be too long, and goes on from there', async () => {
    const { address } = open();
    const field = screen.getByRole('searchbox', { name: 'Search runs' });
    fireEvent.change(field, { target: { value: 'beta'.padEnd(2_000) } });
    await waitFor(() => expect(address()).toMatch(/^\?view=[0-9a-z]+$/));
    fireEvent.click(screen.getByLabelText('Group by configuration'));
    const before = address();
    await waitFor(() => expect(address()).not.toBe(before));
    expect(address()).toMatch(/^\?view=[0-9a-z]+$/);
    expect(screen.getByLabelText('Group by configuration')).toHaveProperty('checked', true);
    fireEvent.change(field, { target: { value: 'beta' } });
    await waitFor(() => expect(address()).toBe('?q=beta&group=true'));
  });

  it('says so where its address names a view of another browser', () => {
    open('?view=abc');
    expect(screen.getByText(/The view “abc” is kept in the browser/)).toBeTruthy();
    expect(screen.getByText('3 of 3 runs')).toBeTruthy();
  });

  it('tells the next command where there is no run', () => {
    open('', []);
    expect(screen.getByText(/npx moda runs submit/)).toBeTruthy();
  });
});
