// @vitest-environment happy-dom
import { runInThisContext } from 'node:vm';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ThemeSwitch } from './theme-switch.js';
import { themeKey, themeScript } from './theme.js';

let systemIsDark = false;
const systemListeners = new Set<() => void>();

beforeEach(() => {
  systemIsDark = false;
  systemListeners.clear();
  localStorage.clear();
  delete document.documentElement.dataset.theme;
  vi.stubGlobal('matchMedia', () => ({
    get matches() {
      return systemIsDark;
    },
    addEventListener: (_: string, tell: () => void) => systemListeners.add(tell),
    removeEventListener: (_: string, tell: () => void) => systemListeners.delete(tell),
  }));
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function shownTheme(): string | undefined {
  return document.documentElement.dataset.theme;
}

function choose(theme: string): void {
  fireEvent.change(screen.getByLabelText('Theme'), { target: { value: theme } });
}

describe('the theme', () => {
  it('is what was chosen, and is kept', () => {
    render(<ThemeSwitch />);
    choose('dark');
    expect(shownTheme()).toBe('dark');
    expect(localStorage.getItem(themeKey)).toBe('dark');
    choose('light');
    expect(shownTheme()).toBe('light');
  });

  it('follows the system live while nothing is chosen', () => {
    render(<ThemeSwitch />);
    systemIsDark = true;
    act(() => {
      for (const tell of systemListeners) tell();
    });
    expect(shownTheme()).toBe('dark');
  });

  it('does not follow the system against a choice', () => {
    render(<ThemeSwitch />);
    choose('light');
    systemIsDark = true;
    act(() => {
      for (const tell of systemListeners) tell();
    });
    expect(shownTheme()).toBe('light');
  });

  it('follows a choice that was made in another tab', () => {
    render(<ThemeSwitch />);
    localStorage.setItem(themeKey, 'dark');
    act(() => {
      window.dispatchEvent(new StorageEvent('storage', { key: themeKey }));
    });
    expect(shownTheme()).toBe('dark');
    expect(screen.getByLabelText('Theme')).toHaveProperty('value', 'dark');
  });

  it('is set by the script of the head before anything is drawn', () => {
    localStorage.setItem(themeKey, 'dark');
    runInThisContext(themeScript);
    expect(shownTheme()).toBe('dark');
    localStorage.removeItem(themeKey);
    runInThisContext(themeScript);
    expect(shownTheme()).toBe('light');
  });
});
