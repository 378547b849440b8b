import { forgetKeptPackages } from '../compose/package-cache';
import { forgetPages, keepPage } from './keep-page';

const script = '/marketplace/offline.js';
const scope = '/marketplace/';

/** Whether this browser keeps pages of this address: it does so over HTTPS and on the loopback address. */
export function canKeepPages(): boolean {
  return 'serviceWorker' in navigator && 'caches' in globalThis;
}

/**
 * Keeps the page that is open and lets the browser answer with it where the app does not.
 *
 * @param loaded addresses of what its workers loaded
 * @returns whether it is kept
 */
export async function keepThisPage(loaded: readonly string[]): Promise<boolean> {
  const own = performance.getEntriesByType('resource').map(({ name }) => name);
  const page = location.href.replace(/#.*$/, '');
  const fetchAnew = (url: string) => fetch(url, { credentials: 'same-origin' });
  const isKept = await keepPage(page, [...own, ...loaded], { caches, fetch: fetchAnew, now: Date.now });
  if (isKept) await navigator.serviceWorker.register(script, { scope });
  return isKept;
}

/** Forgets pages, models and compositions that this browser keeps of this app. */
export async function forgetEverything(): Promise<void> {
  if ('caches' in globalThis) await Promise.all([forgetPages(caches), forgetKeptPackages()]);
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.getRegistration(scope);
  await registration?.unregister();
}
