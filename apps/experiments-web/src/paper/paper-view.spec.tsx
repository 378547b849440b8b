// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PaperTable } from './model/paper-table';
import { PaperView } from './paper-view';

const table: PaperTable = {
  id: 'training',
  title: 'Accuracy',
  note: 'Test accuracy.',
  nameColumns: ['Model'],
  columns: [{ key: 'accuracy', header: 'MODA accuracy', form: 'accuracy' }],
  rows: [
    {
      key: 'VGG16',
      names: ['VGG16'],
      cells: {
        accuracy: {
          quoted: 0.9186,
          measured: {
            mean: 0.9212,
            deviation: 0.0021,
            count: 3,
            devices: ['a GPU'],
            endedAt: '2026-01-02T03:04:05Z',
            runIds: ['a', 'b', 'c'],
          },
        },
      },
      orders: [{ label: 'MODA', spec: { arch: 'vgg16' }, command: 'npx moda runs submit --arch vgg16' }],
    },
    { key: 'ResNet18', names: ['ResNet18'], cells: { accuracy: { quoted: 0.9094 } }, orders: [] },
    {
      key: 'Other',
      names: ['Other'],
      cells: { accuracy: { quoted: 0.5, notBuilt: 'MwT is not built yet.' } },
      orders: [],
    },
  ],
};

beforeAll(() => {
  // happy-dom has dialogs that do not open.
  HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
    this.open = true;
  };
});
afterEach(cleanup);

const show = (problem?: Parameters<typeof PaperView>[0]['problem']) =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <PaperView tables={[table]} problem={problem} />
    </QueryClientProvider>,
  );
const rowOf = (name: string) => screen.getByText(name).closest('tr')!;

describe('the paper page', () => {
  it('names quoted and measured numbers to those who do not see the difference', () => {
    show();
    expect(rowOf('VGG16').textContent).toContain('Paper: 91.86\u00a0%');
    expect(rowOf('VGG16').textContent).toContain('Ours: 92.12\u00a0% ± 0.21 (n\u00a0=\u00a03)');
  });

  it('has device and date beside a measured number', () => {
    show();
    expect(rowOf('VGG16').textContent).toMatch(/a GPU, 2026-01-02/);
  });

  it('invents nothing: cells without a run say so, and those that cannot have one say why', () => {
    show();
    expect(rowOf('ResNet18').textContent).toContain('no run yet');
    expect(rowOf('Other').textContent).toContain('not built yet');
    expect(screen.getByText('MwT is not built yet.')).toBeTruthy();
  });

  it('shows the command of a cell before anything is run', () => {
    show();
    fireEvent.click(screen.getByRole('button', { name: 'Run the cells of VGG16' }));
    const dialog = within(document.querySelector('dialog')!);
    expect(dialog.getByText('npx moda runs submit --arch vgg16')).toBeTruthy();
    expect(dialog.getByText('Run this cell').closest('button')?.disabled).toBe(true);
  });

  it('has the quoted numbers where the gateway is away', () => {
    show({ code: 'GATEWAY_UNREACHABLE', message: 'The gateway does not answer.', traceId: null });
    expect(screen.getByRole('alert').textContent).toContain('GATEWAY_UNREACHABLE');
    expect(rowOf('ResNet18').textContent).toContain('90.94');
  });
});
