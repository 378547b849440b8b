// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ShortcutHelp } from './shortcut-help.js';
import { useShortcuts } from './shortcuts.js';
import { keyFor, keysKey, storeKey } from './stored-keys.js';

afterEach(() => {
  cleanup();
  localStorage.clear();
});

const down = vi.fn();

function Page({ enabled = true }: { readonly enabled?: boolean }) {
  useShortcuts({ j: down }, { enabled });
  return (
    <>
      <input aria-label="Name" />
      <input aria-label="Shuffle" type="checkbox" />
      <textarea aria-label="Notes" />
      <ShortcutHelp shortcuts={[{ key: 'j', does: 'Move down' }]} />
    </>
  );
}

function press(key: string, more: Partial<KeyboardEventInit> = {}, target: Element = document.body): number {
  down.mockClear();
  fireEvent.keyDown(target, { key, bubbles: true, ...more });
  return down.mock.calls.length;
}

describe('a key of the page', () => {
  it('acts, and only its own key', () => {
    render(<Page />);
    expect(press('j')).toBe(1);
    expect(press('J')).toBe(0);
    expect(press('k')).toBe(0);
  });

  it('is off where text is typed, and on at a checkbox', () => {
    render(<Page />);
    expect(press('j', {}, screen.getByLabelText('Name'))).toBe(0);
    expect(press('j', {}, screen.getByLabelText('Notes'))).toBe(0);
    expect(press('j', {}, screen.getByLabelText('Shuffle'))).toBe(1);
  });

  it.each(['ctrlKey', 'metaKey', 'altKey'])('leaves what is pressed with %s to the browser', (held) => {
    render(<Page />);
    expect(press('j', { [held]: true })).toBe(0);
  });

  it('can be switched off', () => {
    render(<Page enabled={false} />);
    expect(press('j')).toBe(0);
  });

  it('follows the key that a person chose', () => {
    render(<Page />);
    storeKey('j', 'n');
    expect(press('n')).toBe(1);
    expect(press('j')).toBe(0);
    storeKey('j', 'j');
    expect(press('j')).toBe(1);
  });
});

describe('stored keys', () => {
  it.each(['not json', '[]', '7', 'null', '{"j":4}'])(
    'that are no map of keys change nothing: %s',
    (stored) => {
      localStorage.setItem(keysKey, stored);
      expect(keyFor('j')).toBe('j');
    },
  );
});

describe('the help on keys', () => {
  it('opens on a question mark and lists what keys do', () => {
    render(<Page />);
    expect(screen.queryByText('Move down')).toBeNull();
    press('?');
    expect(screen.getByText('Move down')).toBeDefined();
  });

  it('gives another key to an act', () => {
    render(<Page />);
    press('?');
    const change = screen.getByRole('button', { name: 'Change the key: Move down', hidden: true });
    fireEvent.click(change);
    expect(change.textContent).toBe('Press a free key');
    fireEvent.keyDown(change, { key: 'n' });
    expect(keyFor('j')).toBe('n');
    expect(change.textContent).toBe('Change');
  });

  it('does not give a key away twice', () => {
    render(<Page />);
    storeKey('?', 'h');
    press('h');
    const change = screen.getByRole('button', { name: 'Change the key: Show the keys', hidden: true });
    fireEvent.click(change);
    fireEvent.keyDown(change, { key: 'j' });
    expect(keyFor('?')).toBe('h');
    expect(change.textContent).toBe('Press a free key');
  });
});
