// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { formatShare } from '../quantity/format-quantity.js';
import { type ParallelAxis, ParallelChart } from './parallel-chart.js';

const width = vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get');

beforeEach(() => {
  width.mockReturnValue(640);
});
afterEach(cleanup);

const axes: readonly ParallelAxis[] = [
  { id: 'network', label: 'Network', values: ['lenet5', 'compact', 'compact'] },
  { id: 'rate', label: 'Learning rate', values: [0.001, 0.01, 0.5] },
  { id: 'accuracy', label: 'Accuracy', format: formatShare, strong: true, values: [0.9, null, 0.8] },
];
const lines = ['one', 'two', 'three'].map((label) => ({ id: label, label }));
const onHide = vi.fn<(hidden: ReadonlySet<string>) => void>();

function draw(hidden: readonly string[] = [], shown = axes) {
  return render(
    <ParallelChart
      title="Runs"
      lineName="Run"
      axes={shown}
      lines={lines}
      hidden={new Set(hidden)}
      onHide={onHide}
    />,
  );
}

const plain = (text: string | null | undefined) => text?.replaceAll('\u00a0', ' ');
const drawing = (container: Element) => container.querySelector('.m-plot')!;
const group = (container: Element, id: string) => container.querySelector(`[data-line=${id}]`)!;

describe('a chart of parallel coordinates', () => {
  it('is a drawing with a sentence that says what every axis spans', () => {
    draw();
    expect(plain(screen.getByRole('img').getAttribute('aria-label'))).toBe(
      'Runs: 3 lines through 3 axes. Network lenet5 or compact, Learning rate from 0.001 to 0.5, Accuracy from 80.0 % to 90.0 %.',
    );
  });

  it('has a line for each, told apart by colour and by dash, and broken where a value is missing', () => {
    const { container } = draw();
    const paths = ['one', 'two'].map((id) => group(container, id).querySelector('path')!);
    expect(paths.map((path) => [path.getAttribute('stroke'), path.getAttribute('stroke-dasharray')])).toEqual(
      [
        ['var(--series-1)', null],
        ['var(--series-2)', '7 3'],
      ],
    );
    expect([...container.querySelectorAll('[data-line]')].map((one) => one.children.length - 1)).toEqual([
      3, 2, 3,
    ]);
    expect(drawing(container).innerHTML).not.toContain('NaN');
  });

  it('has its numbers as a table, gaps and what is switched off included', () => {
    draw(['one']);
    const numbers = screen.getByText('Numbers').closest('details')!;
    numbers.open = true;
    act(() => void numbers.dispatchEvent(new Event('toggle')));
    const rows = within(screen.getByRole('table')).getAllByRole('row');
    expect(
      rows.map((row) => [...row.querySelectorAll('th,td')].map(({ textContent }) => plain(textContent))),
    ).toEqual([
      ['Run', 'Network', 'Learning rate', 'Accuracy'],
      ['one', 'lenet5', '0.001', '90.0 %'],
      ['two', 'compact', '0.01', '–'],
      ['three', 'compact', '0.5', '80.0 %'],
    ]);
  });

  it('lets a line stand out that the pointer is at, with its name and its values', () => {
    const { container } = draw();
    const holder = container.querySelector('.m-chart__holder')!;
    const last = group(container, 'two').querySelector('circle')!;
    const at = ['cx', 'cy'].map((name) => Number(last.getAttribute(name)));
    fireEvent.pointerMove(holder, { clientX: at[0]! + 2, clientY: at[1]! });
    expect(container.querySelector('.m-tip')?.textContent).toBe('two');
    expect(group(container, 'one').getAttribute('opacity')).toBe('0.25');
    expect(group(container, 'two').getAttribute('opacity')).toBeNull();
    const bold = [...drawing(container).querySelectorAll('text[font-weight="600"][fill]')];
    expect(bold.map(({ textContent }) => textContent)).toEqual(['compact', '0.01']);
    fireEvent.pointerLeave(holder);
    expect(container.querySelector('.m-tip')).toBeNull();
    expect(group(container, 'one').getAttribute('opacity')).toBeNull();
  });

  it('lets a line stand out whose name the keyboard is at', () => {
    const { container } = draw();
    const name = screen.getByRole('button', { name: 'three' });
    fireEvent.focus(name);
    expect(group(container, 'one').getAttribute('opacity')).toBe('0.25');
    expect(group(container, 'three').parentElement?.lastElementChild?.textContent).toBe('80.0\u00a0%');
    fireEvent.blur(name);
    expect(group(container, 'one').getAttribute('opacity')).toBeNull();
  });

  it('asks for a line to be switched off, whose place on the axes and whose look are kept for it', () => {
    const before = group(draw().container, 'two').innerHTML;
    cleanup();
    const { container } = draw(['one']);
    expect(container.querySelector('[data-line=one]')).toBeNull();
    expect(group(container, 'two').innerHTML).toBe(before);
    expect(screen.getByRole('button', { name: 'one' }).getAttribute('aria-pressed')).toBe('false');
    fireEvent.click(screen.getByRole('button', { name: 'two' }));
    expect(onHide).toHaveBeenCalledWith(new Set(['one', 'two']));
  });

  it('is kept as a file, with the names of the lines that are shown', async () => {
    const files: Blob[] = [];
    const url = vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
      files.push(file as Blob);
      return 'blob:file';
    });
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    draw(['one']);
    fireEvent.click(screen.getByRole('button', { name: 'Download as SVG: Runs' }));
    const file = (await files[0]?.text()) ?? '';
    expect(file).toMatch(/>Learning rate<[^]*>two<[^]*>three</);
    expect(file).not.toContain('>one<');
    url.mockRestore();
    click.mockRestore();
  });

  it('is scrolled, by the keyboard too, where its axes have no room', () => {
    width.mockReturnValue(280);
    const { container } = draw();
    expect(Number(drawing(container).getAttribute('width'))).toBeGreaterThan(280);
    expect(screen.getByRole('region', { name: 'Runs, to be scrolled' }).tabIndex).toBe(0);
  });

  it('draws nothing at all without complaint', () => {
    draw([], []);
    expect(screen.getByRole('img').innerHTML).not.toContain('NaN');
  });
});
