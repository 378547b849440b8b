// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { withNuqsTestingAdapter } from 'nuqs/adapters/testing';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { runDetail } from '../testing/run-details';
import { type Heard, hear, nothingHeard } from './heard';
import { LogPanel } from './log-panel';
import { FollowedRunProvider } from './run-context';
import type { RunEvent } from './run-detail';

const { ask } = vi.hoisted(() => ({ ask: vi.fn() }));
vi.mock('../gateway/browser-client', () => ({ gateway: { ask } }));

function event(sequence: number, level: 'error' | 'info', text: string): RunEvent {
  return {
    sequence,
    at: '2026-03-01T10:00:05.000Z',
    kind: 'log',
    body: { __typename: 'LogLine', attempt: 1, level, line: sequence, text },
  };
}

const stored = [event(3, 'info', 'It runs.'), event(6, 'error', 'A file is missing.')];

function page(heard: Heard): ReactNode {
  return (
    <FollowedRunProvider run={runDetail({ logUrl: 'http://files.test/log' })} heard={heard}>
      <LogPanel />
    </FollowedRunProvider>
  );
}

function open(heard: Heard = nothingHeard(6), searchParams = '') {
  ask.mockResolvedValue({ runEvents: { endSequence: 6, hasMore: false, events: stored } });
  const client = new QueryClient();
  const Nuqs = withNuqsTestingAdapter({ searchParams, hasMemory: true });
  return render(page(heard), {
    wrapper: ({ children }) => (
      <QueryClientProvider client={client}>
        <Nuqs>{children}</Nuqs>
      </QueryClientProvider>
    ),
  });
}

afterEach(cleanup);

describe('The log of a run', () => {
  it('shows what was written before and what is heard, each once', async () => {
    const { rerender } = open();
    await screen.findByText('A file is missing.');
    rerender(page(hear(nothingHeard(5), [...stored.slice(1), event(7, 'info', 'It ends.')])));
    expect(await screen.findByText('It ends.')).toBeTruthy();
    expect(screen.getAllByText('A file is missing.')).toHaveLength(1);
    expect(screen.getByText('3 of 3 lines')).toBeTruthy();
  });

  it('shows the level that the address asks for', async () => {
    open(nothingHeard(6), '?level=error');
    await screen.findByText('A file is missing.');
    expect(screen.queryByText('It runs.')).toBeNull();
    expect(screen.getByText('1 of 2 lines')).toBeTruthy();
  });

  it('follows the newest lines, unless the reader has scrolled up', async () => {
    open();
    await screen.findByText('It runs.');
    const box = screen.getByRole('log');
    expect(screen.queryByRole('button', { name: 'Follow the newest lines' })).toBeNull();
    Object.defineProperty(box, 'scrollHeight', { value: 900 });
    Object.defineProperty(box, 'clientHeight', { value: 300 });
    box.scrollTop = 0;
    fireEvent.scroll(box);
    fireEvent.click(screen.getByRole('button', { name: 'Follow the newest lines' }));
    expect(box.scrollTop).toBe(900);
  });

  it('can be downloaded whole', async () => {
    open();
    const link = await screen.findByRole('link', { name: 'Download the whole log' });
    expect(link.getAttribute('href')).toBe('http://files.test/log');
  });
});
