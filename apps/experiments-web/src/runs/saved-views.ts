/** Where views are kept in the browser. */
export const viewsKey = 'moda-run-views';

/** A state of the run table under a name. */
export interface SavedView {
  readonly name: string;
  /** As it stands in an address: `?state=failed&group=true`. */
  readonly query: string;
  /** Whether a person named it; the others are names of long addresses. */
  readonly named: boolean;
}

/** Addresses too long to stand for themselves that are kept, the latest ones: the way back leads through a few of them. */
export const keptLongAddresses = 50;

const none: readonly SavedView[] = [];
const listeners = new Set<() => void>();
let read: { readonly text: string; readonly views: readonly SavedView[] } = { text: '', views: none };

/** All views, the oldest first; the same list until one changes. */
export function readViews(): readonly SavedView[] {
  const text = storedText();
  if (text !== read.text) read = { text, views: parseViews(text) };
  return read.views;
}

/** Keeps a view; one that has this name already is replaced. */
export function storeView(view: SavedView): void {
  const others = readViews().filter(({ name }) => name !== view.name);
  const long = others.filter(({ named }) => !named);
  const excess = view.named ? 0 : Math.max(0, long.length + 1 - keptLongAddresses);
  const dropped = new Set(long.slice(0, excess));
  write([...others.filter((other) => !dropped.has(other)), view]);
}

export function removeView(name: string): void {
  write(readViews().filter((view) => view.name !== name));
}

/** Calls back when a view changes, here or in another tab. Returns how to stop. */
export function watchViews(tell: () => void): () => void {
  listeners.add(tell);
  addEventListener('storage', tell);
  return () => {
    listeners.delete(tell);
    removeEventListener('storage', tell);
  };
}

function write(views: readonly SavedView[]): void {
  try {
    localStorage.setItem(viewsKey, JSON.stringify(views));
  } catch {
    // Storage is closed to this page, or full: the views stay as they were.
  }
  for (const tell of listeners) tell();
}

function storedText(): string {
  try {
    return localStorage.getItem(viewsKey) ?? '';
  } catch {
    return '';
  }
}

/** What is no view is left out: anything can stand in a browser's storage. */
function parseViews(text: string): readonly SavedView[] {
  try {
    const stored: unknown = JSON.parse(text || '[]');
    return Array.isArray(stored) ? stored.filter(isView) : none;
  } catch {
    return none;
  }
}

function isView(value: unknown): value is SavedView {
  const { name, query, named } = (value ?? {}) as Partial<Record<keyof SavedView, unknown>>;
  return typeof name === 'string' && typeof query === 'string' && typeof named === 'boolean';
}
