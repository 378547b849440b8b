/** Where the keys that a person chose are kept in the browser. */
export const keysKey = 'moda-keys';

/** Keys by the key that had it at first. */
export type KeyMap = Readonly<Record<string, string>>;

export const defaultKeys: KeyMap = {};

const listeners = new Set<() => void>();
let read: { readonly text: string; readonly keys: KeyMap } = { text: '', keys: defaultKeys };

/** The key that a person gave to what `original` does; `original` where none was given. */
export function keyFor(original: string): string {
  return readKeys()[original] ?? original;
}

/** Gives another key to what `original` does; its own key takes the choice back. */
export function storeKey(original: string, key: string): void {
  const { [original]: _, ...others } = readKeys();
  const next = key === original ? others : { ...others, [original]: key };
  try {
    localStorage.setItem(keysKey, JSON.stringify(next));
  } catch {
    // Storage is closed to this page: the keys stay as they were.
  }
  for (const tell of listeners) tell();
}

/** All choices; the same object until one changes. */
export function readKeys(): KeyMap {
  const text = storedText();
  if (text !== read.text) read = { text, keys: parseKeys(text) };
  return read.keys;
}

/** Calls back when a key changes, here or in another tab. Returns how to stop. */
export function watchKeys(tell: () => void): () => void {
  listeners.add(tell);
  addEventListener('storage', tell);
  return () => {
    listeners.delete(tell);
    removeEventListener('storage', tell);
  };
}

function storedText(): string {
  try {
    return localStorage.getItem(keysKey) ?? '';
  } catch {
    return '';
  }
}

/** What is no map of keys gives no keys: anything can stand in a browser's storage. */
function parseKeys(text: string): KeyMap {
  try {
    const stored: unknown = JSON.parse(text || '{}');
    if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return defaultKeys;
    return Object.fromEntries(
      Object.entries(stored).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  } catch {
    return defaultKeys;
  }
}
