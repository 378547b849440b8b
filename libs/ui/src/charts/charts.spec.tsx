// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { formatShare } from '../quantity/format-quantity.js';
import { BarChart } from './bar-chart.js';
import { HeatMap } from './heat-map.js';
import { LineChart, type LineSeries } from './line-chart.js';
import { ScatterChart } from './scatter-chart.js';
import { UnitMap } from './unit-map.js';

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(640);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const accuracy: readonly LineSeries[] = [
  { id: 'a', label: 'seed 1', points: [1, 2, 3].map((x) => ({ x, y: x / 10 })) },
  { id: 'b', label: 'seed 2', points: [1, 2, 3].map((x) => ({ x, y: x === 2 ? null : x / 20 })) },
];
const axes = { x: { label: 'epoch' }, y: { label: 'accuracy', format: formatShare } };

function openNumbers(): HTMLElement {
  const numbers = screen.getByText('Numbers').closest('details');
  if (!numbers) throw new Error('The chart has no numbers.');
  numbers.open = true;
  act(() => {
    numbers.dispatchEvent(new Event('toggle'));
  });
  return numbers;
}

function cells(): readonly (readonly string[])[] {
  return within(screen.getByRole('table'))
    .getAllByRole('row')
    .map((row) =>
      [...row.querySelectorAll('th,td')].map(({ textContent }) => textContent.replaceAll('\u00a0', ' ')),
    );
}

/** Presses the button that downloads the drawing, and reads the file. */
async function downloadedSvg(): Promise<string> {
  const files: Blob[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
    files.push(file as Blob);
    return 'blob:file';
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  fireEvent.click(screen.getByRole('button', { name: /Download as SVG/ }));
  return (await files[0]?.text()) ?? '';
}

describe('a chart of lines', () => {
  it('is a drawing with a sentence, of a height that is fixed before anything is drawn', () => {
    const { container } = render(<LineChart title="Accuracy" {...axes} series={accuracy} height={200} />);
    expect(screen.getByRole('heading', { name: 'Accuracy' })).toBeDefined();
    const said = screen.getByRole('img').getAttribute('aria-label')?.replaceAll('\u00a0', ' ');
    expect(said).toBe(
      'Accuracy, accuracy over epoch, 2 lines: seed 1 ends at 30.0 %, seed 2 ends at 15.0 %.',
    );
    expect(container.querySelector<HTMLElement>('.m-chart__holder')?.style.height).toBe('200px');
  });

  it('tells its lines apart by colour and by dash', () => {
    const { container } = render(<LineChart title="Accuracy" {...axes} series={accuracy} />);
    const samples = [...container.querySelectorAll('.m-chart__legend path')];
    expect(samples.map((path) => path.getAttribute('stroke'))).toEqual([
      'var(--series-1)',
      'var(--series-2)',
    ]);
    expect(samples.map((path) => path.getAttribute('stroke-dasharray'))).toEqual([null, '7 3']);
  });

  it('has its numbers as a table, gaps included', () => {
    render(<LineChart title="Accuracy" {...axes} series={accuracy} />);
    expect(screen.queryByRole('table')).toBeNull();
    openNumbers();
    expect(cells()).toEqual([
      ['epoch', 'seed 1', 'seed 2'],
      ['1', '10.0 %', '5.0 %'],
      ['2', '20.0 %', '–'],
      ['3', '30.0 %', '15.0 %'],
    ]);
  });

  it('takes a line out and brings it back', () => {
    const { container } = render(<LineChart title="Accuracy" {...axes} series={accuracy} />);
    const lines = () => container.querySelectorAll('.m-plot [stroke-width="1.75"]').length;
    const button = screen.getByRole('button', { name: 'seed 2' });
    expect(lines()).toBe(2);
    fireEvent.click(button);
    expect([lines(), button.getAttribute('aria-pressed')]).toEqual([1, 'false']);
    fireEvent.click(button);
    expect([lines(), button.getAttribute('aria-pressed')]).toEqual([2, 'true']);
  });

  it('reads all lines where the pointer is, the highest first', () => {
    const { container } = render(<LineChart title="Accuracy" {...axes} series={accuracy} />);
    const holder = container.querySelector('.m-chart__holder') as HTMLElement;
    fireEvent.pointerMove(holder, { clientX: 640 });
    const rows = [...container.querySelectorAll('.m-tip__row')].map(({ textContent }) =>
      textContent.replaceAll('\u00a0', ' '),
    );
    expect(rows).toEqual(['seed 130.0 %', 'seed 215.0 %']);
    fireEvent.pointerLeave(holder);
    expect(container.querySelector('.m-tip')).toBeNull();
  });

  it('reads lines together whose points lie side by side, and no line far from where it was measured', () => {
    const at = (id: string, xs: readonly number[]) => ({
      id,
      label: id,
      points: xs.map((x) => ({ x, y: x / 1000 })),
    });
    const series = [at('even', [0, 500, 1000]), at('odd', [1, 503, 999]), at('ends', [0, 1000])];
    const { container } = render(<LineChart title="Accuracy" {...axes} series={series} />);
    const holder = container.querySelector('.m-chart__holder') as HTMLElement;
    fireEvent.pointerMove(holder, { clientX: 640 / 2 });
    const rows = [...container.querySelectorAll('.m-tip__row')].map(({ textContent }) => textContent);
    expect(rows.map((text) => text.replaceAll('\u00a0', ' '))).toEqual(['odd50.3 %', 'even50.0 %']);
  });

  it('names a marker beside it, on the side where there is room', () => {
    const markers = [
      { x: 1.2, label: 'early' },
      { x: 2.9, label: 'late' },
    ];
    const { container } = render(
      <LineChart title="Accuracy" {...axes} series={accuracy} markers={markers} />,
    );
    const anchors = [...container.querySelectorAll('.m-plot text')]
      .filter(({ textContent }) => ['early', 'late'].includes(textContent))
      .map((text) => text.getAttribute('text-anchor'));
    expect(anchors).toEqual(['start', 'end']);
  });

  it('draws an empty series without complaint', () => {
    render(<LineChart title="Accuracy" {...axes} series={[]} />);
    expect(screen.getByRole('img').innerHTML).not.toContain('NaN');
  });

  it('draws twenty runs of five hundred points as twenty lines', () => {
    const many = Array.from({ length: 20 }, (_, run) => ({
      id: String(run),
      label: `run ${run}`,
      points: Array.from({ length: 500 }, (_point, x) => ({ x, y: Math.sin(x / 50) + run })),
    }));
    const { container } = render(
      <LineChart title="Loss" x={{ label: 'step' }} y={{ label: 'loss' }} series={many} />,
    );
    expect(container.querySelectorAll('.m-plot [stroke-width="1.75"]')).toHaveLength(20);
  });

  it('is kept as a file that needs no stylesheet', async () => {
    render(<LineChart title="Accuracy <1>" x={axes.x} y={{ label: 'accuracy' }} series={accuracy} />);
    const file = await downloadedSvg();
    expect(file).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(file).toContain('Accuracy &lt;1&gt;');
    expect(file).toContain('seed 2');
    expect(file).not.toMatch(/class=|<style/);
    expect(new DOMParser().parseFromString(file, 'image/svg+xml').querySelector('parsererror')).toBeNull();
  });
});

describe('a chart of points', () => {
  const points = [
    { id: 'low', label: 'tau 0.1', x: 0.5, y: 0.9 },
    { id: 'high', label: 'tau 0.9', x: 0.1, y: 0.8, emphasis: true },
  ];

  it('lets a point be chosen without a pointer', () => {
    const onSelect = vi.fn();
    render(<ScatterChart title="Front" {...axes} points={points} current="low" onSelect={onSelect} />);
    fireEvent.change(screen.getByLabelText('Point'), { target: { value: 'high' } });
    expect(onSelect).toHaveBeenCalledWith('high');
  });

  it('says which points none beats', () => {
    render(<ScatterChart title="Front" {...axes} points={points} front={['high']} />);
    openNumbers();
    expect(cells().map((row) => row.at(-1))).toEqual(['On the front', 'no', 'yes']);
  });
});

describe('a chart of bars', () => {
  it('has a table with the intervals', () => {
    const bars = [{ label: 'cat', value: 0.5, lower: 0.4, upper: 0.6 }];
    render(<BarChart title="Per class" x={{ label: 'accuracy' }} bars={bars} format={formatShare} />);
    openNumbers();
    expect(cells()).toEqual([
      ['Name', 'accuracy', 'Lower', 'Upper'],
      ['cat', '50.0 %', '40.0 %', '60.0 %'],
    ]);
  });
});

describe('a map of cells', () => {
  const values = [
    [0.9, 0.1],
    [null, 0.7],
  ];
  const map = (onCell?: (row: number, column: number) => void) => (
    <HeatMap
      title="Confusion"
      rows={['cat', 'dog']}
      columns={['cat', 'dog']}
      values={values}
      format={formatShare}
      scale="share"
      rowLabel="true"
      columnLabel="predicted"
      onCell={onCell}
    />
  );

  it('says its ends in a sentence', () => {
    render(map());
    const said = screen
      .getByRole('img', { name: /Confusion/ })
      .getAttribute('aria-label')
      ?.replaceAll('\u00a0', ' ');
    expect(said).toContain('2 by 2 cells, from 10.0 % to 90.0 %. Highest: true cat, predicted cat: 90.0 %.');
  });

  it('is walked by arrow keys, and a cell is chosen by Enter', () => {
    const onCell = vi.fn();
    render(map(onCell));
    const drawing = screen.getByRole('img', { name: /Confusion/ });
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown']) fireEvent.keyDown(drawing, { key });
    expect(screen.getByRole('status').textContent.replaceAll('\u00a0', ' ')).toBe(
      'true dog, predicted dog: 70.0 %',
    );
    fireEvent.keyDown(drawing, { key: 'Enter' });
    expect(onCell).toHaveBeenCalledWith(1, 1);
  });

  it('shows a cell without a value as one', () => {
    render(map());
    openNumbers();
    expect(cells()[2]).toEqual(['dog', '–', '70.0 %']);
  });
});

describe('a map of units', () => {
  const layers = [
    { name: 'conv1', units: [0, 1, 2, 3].map((unit) => ({ value: unit / 4, kept: unit > 1, of: unit })) },
    { name: 'dense1', units: [{ value: 1, kept: true }] },
  ];

  it('says what is kept, layer by layer and in all', () => {
    render(<UnitMap title="Class 3" layers={layers} format={formatShare} />);
    expect(screen.getByText(/^3 of 5 units in 2 layers are kept/)).toBeDefined();
    expect(screen.getByRole('img', { name: /^conv1: 2 of 4 units kept/ })).toBeDefined();
  });

  it('is walked by arrow keys, and a unit is chosen by Enter', () => {
    const onUnit = vi.fn();
    render(<UnitMap title="Class 3" layers={layers} format={formatShare} onUnit={onUnit} />);
    const first = screen.getByRole('img', { name: /^conv1/ });
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter']) fireEvent.keyDown(first, { key });
    expect(screen.getByRole('status').textContent.replaceAll('\u00a0', ' ')).toBe(
      'conv1, unit 2: 50.0 %, kept, kept by 2 classes',
    );
    expect(onUnit).toHaveBeenCalledWith(0, 2);
  });

  it('has the numbers of the chosen layer', () => {
    render(<UnitMap title="Class 3" layers={layers} format={formatShare} />);
    fireEvent.change(screen.getByLabelText('Layer of the numbers below'), { target: { value: '1' } });
    openNumbers();
    expect(cells()).toEqual([
      ['Unit of dense1', 'Value', 'Kept', 'Classes that keep it'],
      ['0', '100.0 %', 'yes', '–'],
    ]);
  });

  it('is kept as a file with a square for each unit', async () => {
    render(<UnitMap title="Class 3" layers={layers} format={formatShare} />);
    expect((await downloadedSvg()).match(/<rect x=/g)).toHaveLength(5);
  });
});
