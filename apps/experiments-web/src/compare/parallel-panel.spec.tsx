// @vitest-environment happy-dom
import { cleanup, configure, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runRow } from '../testing/run-rows';
import { ParallelPanel } from './parallel-panel';

// A machine that builds beside it takes its time.
configure({ asyncUtilTimeout: 10_000 });

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(900);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const runs = [
  runRow({ id: 'a1', name: 'first', spec: { seed: 1 }, outcome: { accuracy: 0.8 } }),
  runRow({ id: 'b2', name: 'second', spec: { seed: 2 }, outcome: null }),
];
const chart = () => screen.findByRole('figure');
const lines = (figure: HTMLElement) =>
  [...figure.querySelectorAll('[data-line]')].map((line) => line.getAttribute('data-line'));

describe('Settings beside outcomes', () => {
  it('are a chart with a line for each run, which says what its axes span', async () => {
    render(<ParallelPanel runs={runs} hidden={[]} onHide={vi.fn()} />);
    const figure = await chart();
    expect(within(figure).getByRole('heading', { name: 'Parallel coordinates' })).toBeDefined();
    expect(within(figure).getByRole('img').getAttribute('aria-label')).toMatch(
      /^Parallel coordinates: 2 lines through 5 axes\. Seed from 1 to 2, Accuracy 80\.00/,
    );
    expect(lines(figure)).toEqual(['a1', 'b2']);
  });

  it('leave out the runs whose curves are switched off, and switch them off everywhere', async () => {
    const onHide = vi.fn();
    render(<ParallelPanel runs={runs} hidden={['a1']} onHide={onHide} />);
    const figure = await chart();
    expect(lines(figure)).toEqual(['b2']);
    fireEvent.click(within(figure).getByRole('button', { name: 'second' }));
    expect(onHide).toHaveBeenCalledWith(['a1', 'b2']);
  });

  it('are not there for runs that do not differ, nor for a run alone', () => {
    const { container, rerender } = render(
      <ParallelPanel runs={[runs[0]!, runs[0]!]} hidden={[]} onHide={vi.fn()} />,
    );
    expect(container.innerHTML).toBe('');
    rerender(<ParallelPanel runs={[runs[0]!]} hidden={[]} onHide={vi.fn()} />);
    expect(container.innerHTML).toBe('');
  });
});
