'use client';

import { useSyncExternalStore } from 'react';
import { readTheme, storeTheme, themes, watchTheme } from './stored-theme.js';

const names = { light: 'Light', dark: 'Dark', system: 'System' } as const;

/** Light, dark or what the system says; the choice is kept in this browser and followed by its other tabs. */
export function ThemeSwitch() {
  const theme = useSyncExternalStore(watchTheme, readTheme, () => 'system' as const);
  return (
    <label className="m-theme">
      <span className="m-visually-hidden">Theme</span>
      <select
        className="m-theme__select"
        value={theme}
        onChange={(event) => {
          const chosen = themes.find((known) => known === event.target.value);
          if (chosen) storeTheme(chosen);
        }}
      >
        {themes.map((known) => (
          <option key={known} value={known}>
            {names[known]}
          </option>
        ))}
      </select>
    </label>
  );
}
