// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Toaster } from '../overlay/toaster.js';
import { TableExport } from './table-export.js';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const columns = [{ name: 'run', value: ({ id }: { readonly id: string }) => id }];
const rows = [{ id: 'a' }];

describe('giving a table away', () => {
  it('downloads a file that is named after the table', async () => {
    const parts: Blob[] = [];
    const names: string[] = [];
    vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
      parts.push(file as Blob);
      return 'blob:file';
    });
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      names.push(this.download);
    });
    render(<TableExport name="runs" columns={columns} rows={rows} />);
    for (const format of ['CSV', 'JSON', 'LaTeX']) fireEvent.click(screen.getByText(`Download ${format}`));
    expect(names).toEqual(['runs.csv', 'runs.json', 'runs.tex']);
    expect(await parts[0]?.text()).toBe('run\r\na\r\n');
  });

  it('copies, and says so', async () => {
    const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    render(
      <>
        <TableExport name="runs" columns={columns} rows={rows} />
        <Toaster />
      </>,
    );
    fireEvent.click(screen.getByText('Copy CSV'));
    await waitFor(() => expect(screen.getByText('Copied as CSV.')).toBeDefined());
    expect(writeText).toHaveBeenCalledWith('run\r\na\r\n');
  });

  it('says the way on where the browser refuses', async () => {
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('denied'));
    render(
      <>
        <TableExport name="runs" columns={columns} rows={rows} />
        <Toaster />
      </>,
    );
    fireEvent.click(screen.getByText('Copy JSON'));
    await waitFor(() =>
      expect(screen.getByText('The browser refused to copy; download the file instead.')).toBeDefined(),
    );
  });
});
