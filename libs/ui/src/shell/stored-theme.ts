import { type Theme, themeKey } from './theme.js';

export const themes: readonly Theme[] = ['light', 'dark', 'system'];

const darkQuery = '(prefers-color-scheme: dark)';
const listeners = new Set<() => void>();

/** What the person chose in this browser; `system` where nothing was chosen or nothing can be stored. */
export function readTheme(): Theme {
  try {
    const stored = localStorage.getItem(themeKey);
    return themes.find((theme) => theme === stored) ?? 'system';
  } catch {
    return 'system';
  }
}

/** Keeps the choice and shows it at once. */
export function storeTheme(theme: Theme): void {
  try {
    localStorage.setItem(themeKey, theme);
  } catch {
    // Storage is closed to this page: the choice holds until the page is left.
  }
  showTheme(theme);
  for (const tell of listeners) tell();
}

/** Calls back when the choice changes, here or in another tab, and follows the system meanwhile. Returns how to stop. */
export function watchTheme(tell: () => void): () => void {
  const system = matchMedia(darkQuery);
  const follow = () => {
    showTheme(readTheme());
    tell();
  };
  const heard = (event: StorageEvent) => {
    if (event.key === themeKey) follow();
  };
  listeners.add(tell);
  system.addEventListener('change', follow);
  addEventListener('storage', heard);
  return () => {
    listeners.delete(tell);
    system.removeEventListener('change', follow);
    removeEventListener('storage', heard);
  };
}

function showTheme(theme: Theme): void {
  const dark = theme === 'dark' || (theme === 'system' && matchMedia(darkQuery).matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}
