// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { EmptyState } from './empty-state.js';
import { ErrorNote } from './error-note.js';
import { IntervalBar, verdictOf } from './interval-bar.js';
import { LiveNote } from './live-note.js';
import { ProgressBar } from './progress-bar.js';
import { Sparkline } from './sparkline.js';
import { StateBadge, stateLooks } from './state-badge.js';

afterEach(cleanup);

/** The states of the contract. */
const runStates = [
  'queued',
  'admitted',
  'starting',
  'running',
  'checkpointing',
  'succeeded',
  'failed',
  'cancelled',
  'preempted',
  'interrupted',
];

describe('the state of a run', () => {
  it('has a shape of its own, so that colour is never all', () => {
    expect(Object.keys(stateLooks).sort()).toEqual([...runStates].sort());
    expect(new Set(Object.values(stateLooks).map(({ glyph }) => glyph)).size).toBe(runStates.length);
  });

  it('is read in any case, and one that is not known is shown as it is', () => {
    render(<StateBadge state="RUNNING" reason="The worker reports." showReason />);
    expect(screen.getByText('running')).toBeDefined();
    expect(screen.getByText('The worker reports.')).toBeDefined();
    render(<StateBadge state="mended" />);
    expect(screen.getByText('mended')).toBeDefined();
  });
});

describe('an interval against zero', () => {
  it('includes zero exactly where zero lies between its ends or on one of them', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (one, other) => {
        const [lower, upper] = [Math.min(one, other), Math.max(one, other)];
        expect(verdictOf(lower, upper) === 'across').toBe(lower <= 0 && upper >= 0);
      }),
    );
  });

  it('says so in words', () => {
    render(
      <IntervalBar label="Gain" mean={0.1} lower={-0.1} upper={0.3} format={(value) => value.toFixed(1)} />,
    );
    expect(screen.getByText(/includes zero/).closest('.m-interval')?.textContent).toBe(
      'Gain0.1 [-0.1, 0.3] includes zero',
    );
  });

  it('draws zero inside its scale', () => {
    const { container } = render(
      <IntervalBar label="Gain" mean={5} lower={4} upper={6} format={(value) => value.toFixed(1)} />,
    );
    const zero = container.querySelector<HTMLElement>('.m-interval__zero');
    expect(Number.parseFloat(zero?.style.left ?? '')).toBeGreaterThan(0);
    expect(Number.parseFloat(zero?.style.left ?? '')).toBeLessThan(20);
  });
});

describe('a sparkline', () => {
  it('leaves a gap where nothing was measured', () => {
    const { container } = render(<Sparkline label="loss" points={[1, 2, null, 3, 4]} />);
    expect(container.querySelector('path')?.getAttribute('d')?.match(/M/g)).toHaveLength(2);
  });

  it.each([[[]], [[null]], [[1]], [[2, 2]]])('draws no impossible place from %j', (points) => {
    const { container } = render(<Sparkline label="loss" points={points} />);
    expect(container.innerHTML).not.toMatch(/NaN|Infinity/);
  });
});

describe('notes', () => {
  it('on an error give sentence, code, trace and a way to try again', () => {
    const onRetry = vi.fn();
    render(
      <ErrorNote code="RUN_NOT_FOUND" message="There is no such run." traceId="4bf9" onRetry={onRetry} />,
    );
    expect(screen.getByRole('alert').textContent).toContain('There is no such run.');
    expect(screen.getByText('RUN_NOT_FOUND')).toBeDefined();
    expect(screen.getByText('4bf9')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(onRetry).toHaveBeenCalledTimes(1);
  });

  it('on an empty page give the command that fills it', () => {
    render(<EmptyState title="No runs yet" command="npx moda train" />);
    expect(screen.getByText('npx moda train')).toBeDefined();
    expect(screen.getByRole('button', { name: 'Copy the command' })).toBeDefined();
  });

  it('on the connection are told as they change', () => {
    const { rerender } = render(<LiveNote live />);
    expect(screen.getByRole('status').textContent).toBe('live');
    rerender(<LiveNote live={false} />);
    expect(screen.getByRole('status').textContent).toBe('connection lost, trying again');
  });

  it('on progress stay within the bar', () => {
    render(
      <>
        <ProgressBar share={1.4} label="done" />
        <ProgressBar share={null} label="unknown" />
      </>,
    );
    expect(screen.getByRole('progressbar', { name: 'done' }).getAttribute('value')).toBe('100');
    expect(screen.getByRole('progressbar', { name: 'unknown' }).getAttribute('value')).toBeNull();
  });
});
