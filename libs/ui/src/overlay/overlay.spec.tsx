// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Dialog } from './dialog.js';
import { Menu, MenuItem } from './menu.js';
import { Toaster } from './toaster.js';
import { dismissToast, readToasts, showToast, toastTimeMs } from './toasts.js';

afterEach(() => {
  cleanup();
  for (const { id } of readToasts()) dismissToast(id);
  vi.useRealTimers();
});

function Question() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Cancel
      </button>
      <Dialog open={open} onClose={() => setOpen(false)} title="Cancel the run?">
        It leaves a checkpoint.
      </Dialog>
    </>
  );
}

describe('a dialog', () => {
  it('is modal, named by its title, and tells when it is closed', () => {
    const showModal = vi.spyOn(HTMLDialogElement.prototype, 'showModal');
    render(<Question />);
    expect(screen.queryByText('It leaves a checkpoint.')).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(showModal).toHaveBeenCalledTimes(1);
    expect(screen.getByRole('dialog', { name: 'Cancel the run?' })).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByText('It leaves a checkpoint.')).toBeNull();
  });
});

describe('a menu', () => {
  it('closes on a choice, on Escape and on a press beside it', () => {
    const onClick = vi.fn();
    render(
      <Menu label="Export">
        <MenuItem onClick={onClick}>CSV</MenuItem>
      </Menu>,
    );
    const menu = screen.getByRole('group') as HTMLDetailsElement;
    const closings = [
      () => fireEvent.click(screen.getByText('CSV')),
      () => fireEvent.keyDown(menu, { key: 'Escape' }),
      () => fireEvent.pointerDown(document.body),
    ];
    for (const close of closings) {
      menu.open = true;
      close();
      expect(menu.open).toBe(false);
    }
    expect(onClick).toHaveBeenCalledTimes(1);
  });

  it('stays open while it is used', () => {
    render(
      <Menu label="Columns">
        <input aria-label="Loss" type="checkbox" />
      </Menu>,
    );
    const menu = screen.getByRole('group') as HTMLDetailsElement;
    menu.open = true;
    fireEvent.pointerDown(screen.getByLabelText('Loss'));
    expect(menu.open).toBe(true);
  });
});

describe('short news', () => {
  it('are told in a live region and go after a while', () => {
    vi.useFakeTimers();
    render(<Toaster />);
    act(() => showToast({ message: 'Run archived.' }));
    expect(screen.getByRole('status').textContent).toContain('Run archived.');
    act(() => {
      vi.advanceTimersByTime(toastTimeMs);
    });
    expect(screen.getByRole('status').textContent).toBe('');
  });

  it('stay where they are bad or can be answered, until they are', () => {
    vi.useFakeTimers();
    const onSelect = vi.fn();
    render(<Toaster />);
    act(() => {
      showToast({ message: 'The run could not be archived; try again.', tone: 'bad' });
      showToast({ message: 'Run archived.', action: { label: 'Undo', onSelect } });
      vi.advanceTimersByTime(10 * toastTimeMs);
    });
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(onSelect).toHaveBeenCalledTimes(1);
    expect(readToasts().map(({ tone }) => tone)).toEqual(['bad']);
    fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(readToasts()).toEqual([]);
  });

  it('are at most four', () => {
    for (let news = 0; news < 6; news += 1) showToast({ message: `News ${news}`, tone: 'bad' });
    expect(readToasts().map(({ message }) => message)).toEqual(['News 2', 'News 3', 'News 4', 'News 5']);
  });
});
