// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { PairedCounts } from '@moda/contracts';
import { pairedGain } from '../model/paired-interval';
import type { RepairOutcome } from '../model/repair-outcome';
import { RepairReport, type RepairReportProps } from './repair-report';

const run: RepairReportProps['run'] = {
  id: 'repair-1',
  name: null,
  experimentName: 'digits',
  state: 'succeeded',
  reason: 'Training is done.',
  task: { kind: 'replace' },
  spec: {},
  device: 'a processor',
  createdAt: '2026-01-01T00:00:00Z',
  startedAt: '2026-01-01T00:00:00Z',
  endedAt: '2026-01-01T00:00:12Z',
  outcome: null,
  progressShare: 1,
  result: {},
  error: null,
  artifacts: [{ name: 'model/weights.safetensors', sizeBytes: 1, url: 'http://files/weights' }],
};
const gained = { bothRight: 100, onlyBefore: 2, onlyAfter: 38, bothWrong: 60 };
const unsure = { bothRight: 170, onlyBefore: 9, onlyAfter: 9, bothWrong: 26 };
const lost = { bothRight: 100, onlyBefore: 38, onlyAfter: 2, bothWrong: 60 };

const outcome = (target: PairedCounts, others: PairedCounts): RepairOutcome => ({
  className: '7',
  strategy: 'moda',
  addedParameters: 57_934,
  addedFlops: 5_646_366,
  perClass: [
    { class: 0, name: '3', before: 0.9, after: 0.89 },
    { class: 1, name: '7', before: 0.6, after: 0.78 },
  ],
  confusion: undefined,
  gains: { target: pairedGain(target), others: pairedGain(others) },
});

afterEach(cleanup);

describe('the report of a repair', () => {
  it('offers an accepted repair to be published and downloaded', () => {
    render(<RepairReport run={run} outcome={outcome(gained, unsure)} />);
    expect(screen.getByRole('heading', { name: /Accepted: class 7 is better/ })).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Publish the repaired model' }).getAttribute('href')).toBe(
      '/marketplace/publish?run=repair-1',
    );
    expect(screen.getByRole('link', { name: 'Download its weights' }).getAttribute('href')).toBe(
      'http://files/weights',
    );
  });

  it('refuses where the interval contains zero, and offers nothing', () => {
    render(<RepairReport run={run} outcome={outcome(unsure, unsure)} />);
    expect(screen.getByRole('heading', { name: /Refused: class 7 is not shown to be better/ })).toBeTruthy();
    expect(screen.queryByRole('link', { name: /Publish|Download/ })).toBeNull();
    // It may still be looked at.
    expect(screen.getByRole('table')).toBeTruthy();
  });

  it('says what the other classes lose', () => {
    render(<RepairReport run={run} outcome={outcome(gained, lost)} />);
    expect(screen.getByText(/The other classes lose: −18\.0 points/)).toBeTruthy();
  });

  it('names the method of the intervals, the added cost and the device', () => {
    const { container } = render(<RepairReport run={run} outcome={outcome(gained, unsure)} />);
    expect(container.textContent).toContain('Bonett–Price');
    expect(container.textContent).toContain('57.9\u00a0k');
    expect(container.textContent).toContain('12.0\u00a0s on a processor');
  });

  it('judges nothing without counts of pairs', () => {
    render(<RepairReport run={run} outcome={{ ...outcome(gained, gained), gains: undefined }} />);
    expect(screen.getByRole('heading', { name: 'This repair cannot be judged.' })).toBeTruthy();
    expect(screen.queryByRole('link', { name: /Publish/ })).toBeNull();
  });
});
