/** A short piece of news: one sentence, perhaps with a way back. */
export interface Toast {
  readonly message: string;
  readonly tone?: 'neutral' | 'good' | 'warn' | 'bad';
  readonly action?: { readonly label: string; readonly onSelect: () => void };
}

interface ShownToast extends Toast {
  readonly id: number;
}

/** Long enough to read a sentence twice; bad news and choices stay until they are dismissed. */
export const toastTimeMs = 8_000;

/** More would cover the page. */
const mostAtOnce = 4;

export const noToasts: readonly ShownToast[] = [];

let toasts = noToasts;
let lastId = 0;
const listeners = new Set<() => void>();

export function readToasts(): readonly ShownToast[] {
  return toasts;
}

export function watchToasts(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

/** Shows a toast; of more than four the oldest goes. */
export function showToast(toast: Toast): void {
  lastId += 1;
  const id = lastId;
  change([...toasts, { ...toast, id }].slice(-mostAtOnce));
  if (toast.tone !== 'bad' && !toast.action) setTimeout(() => dismissToast(id), toastTimeMs);
}

export function dismissToast(id: number): void {
  if (toasts.some((toast) => toast.id === id)) change(toasts.filter((toast) => toast.id !== id));
}

function change(next: readonly ShownToast[]): void {
  toasts = next;
  for (const tell of listeners) tell();
}
