// @vitest-environment happy-dom
import { cleanup, configure, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ModulesAt, OpenedModel } from '../model/modules-at';
import { tinyModelFiles } from '../testing/model-files';
import { createModuleDesk } from '../worker/module-desk';
import type { ModuleWorker } from '../worker/module-worker';
import { FloorNote } from './floor-note';
import { ModuleTable } from './module-table';
import { ThresholdBar } from './threshold-bar';
import { UnitNote } from './unit-note';

const desk = createModuleDesk();
const answer = (question: Parameters<typeof desk>[0]) => {
  const reply = desk(question);
  if ('code' in reply) throw new Error(reply.message);
  return reply.answer;
};
const model = answer({ id: 0, name: 'open', given: tinyModelFiles() }) as OpenedModel;
const at = answer({ id: 1, name: 'at', given: { tau: 0.9 } }) as ModulesAt;
const worker: ModuleWorker = {
  ask: async (name, given) => answer({ id: 2, name, given } as never) as never,
  askLatest: async (name, given) => answer({ id: 3, name, given } as never) as never,
  close: () => undefined,
};

// A machine that builds beside it takes its time.
configure({ asyncUtilTimeout: 10_000 });

afterEach(cleanup);

describe('the threshold', () => {
  it('is a slider that tells its value, with what modules are at it', () => {
    const onTau = vi.fn();
    const { container } = render(<ThresholdBar tau={0.9} onTau={onTau} model={model} at={at} />);
    const slider = screen.getByRole('slider', { name: 'Threshold tau' });
    expect(slider.getAttribute('aria-valuetext')).toBe('0.90');
    fireEvent.change(slider, { target: { value: '0.5' } });
    expect(onTau).toHaveBeenCalledWith(0.5);
    expect(container.textContent).toContain('26.3\u00a0%');
    expect(container.textContent).toContain('5 of 19 parameters');
  });
});

describe('the table of modules', () => {
  const rows = () => screen.getAllByRole('row').map((row) => row.textContent);

  it('has a row a class, with the accuracy where it is known', () => {
    render(<ModuleTable model={model} at={at} name="tiny" />);
    expect(rows()[1]).toMatch(/^cat5.*95\.00/);
    expect(rows()[3]).toMatch(/^owl.*–$/);
  });

  it('marks a module of more than half of its model', () => {
    const large = {
      ...at,
      modules: at.modules.map((one, index) => (index === 1 ? { ...one, share: 0.98 } : one)),
    };
    render(<ModuleTable model={model} at={large} name="tiny" />);
    expect(rows().map((row) => row?.includes('not modular'))).toEqual([false, false, true, false]);
  });

  it('is sorted by a press on a header', () => {
    render(<ModuleTable model={model} at={at} name="tiny" />);
    fireEvent.click(screen.getByRole('button', { name: /Floor hits/ }));
    fireEvent.click(screen.getByRole('button', { name: /Floor hits/ }));
    expect(rows()[1]).toMatch(/^owl/);
  });
});

it('floor hits are told with what was taken instead', () => {
  const { container } = render(<FloorNote model={model} at={at} />);
  expect(container.textContent).toContain('1 floor hit: too few units reached the threshold');
  expect(screen.getAllByRole('row')[1]?.textContent).toBe('owlrelu02');
});

it('a unit is told with the classes that use it, the most active first', async () => {
  render(<UnitNote model={model} worker={worker} tau={0.9} unit="0.1" onUrl={() => undefined} />);
  expect((await screen.findByText(/kept by 2 of 3 modules/)).textContent).toBeTruthy();
  expect(screen.getAllByRole('row').map((row) => row.textContent)).toEqual([
    'ClassActive forKept at 0.90',
    'dog100.0\u00a0%kept',
    'cat90.0\u00a0%kept',
    'owl50.0\u00a0%left out',
  ]);
});
