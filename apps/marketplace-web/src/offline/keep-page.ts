/** Where `public/offline.js` looks. */
const cacheName = 'moda-pages-1';
/** What of this app never changes under its name, or not without the app. */
const keptBelow = ['/marketplace/_next/static/', '/marketplace/wasm/'];
/** The oldest go first; each is a few kilobytes beside what all share. */
const mostPages = 20;

/** What a kept page needs beside itself. */
interface PageList {
  readonly page: string;
  readonly keptAt: number;
  readonly files: readonly string[];
}

export interface KeepOptions {
  readonly caches: CacheStorage;
  readonly fetch: (url: string) => Promise<Response>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Keeps a page of this app with all that it loaded, so that it opens where the app does not answer. What only pages needed that are kept
 * no longer goes.
 *
 * @param page its address
 * @param loaded addresses of everything that it and its worker loaded
 * @returns whether it is kept: not where the app does not answer now
 */
export async function keepPage(
  page: string,
  loaded: readonly string[],
  { caches, fetch, now }: KeepOptions,
): Promise<boolean> {
  const cache = await caches.open(cacheName);
  const answer = await fetch(page).catch(() => undefined);
  if (answer?.ok !== true) return false;
  const text = await answer.clone().text();
  const files = [...new Set([...loaded, ...filesNamedIn(text, page)].map(withoutFragment))].filter((url) =>
    isKept(url, page),
  );
  const there = await Promise.all(files.map((url) => keepFile(url, cache, fetch)));
  if (there.includes(false)) return false;
  await cache.put(page, answer);
  const list: PageList = { page, keptAt: now(), files };
  await cache.put(listAddress(page), Response.json(list));
  await prune(cache);
  return true;
}

/** Forgets every kept page. */
export async function forgetPages(caches: CacheStorage): Promise<void> {
  await caches.delete(cacheName);
}

async function keepFile(url: string, cache: Cache, fetch: KeepOptions['fetch']): Promise<boolean> {
  if ((await cache.match(url)) !== undefined) return true;
  const answer = await fetch(url).catch(() => undefined);
  if (answer?.ok !== true) return false;
  await cache.put(url, answer);
  return true;
}

/** The app may have been built anew since the page was opened: then the page that is kept names other files. */
function filesNamedIn(text: string, page: string): readonly string[] {
  return [...text.matchAll(/\/marketplace\/_next\/static\/[\w./~%-]+\.(?:js|css)/g)].map(
    ([path]) => new URL(path, page).href,
  );
}

/** What a worker is told stands behind the `#`, and is no part of the file. */
function withoutFragment(url: string): string {
  return url.replace(/#.*$/, '');
}

function isKept(url: string, page: string): boolean {
  if (!URL.canParse(url)) return false;
  const { origin, pathname } = new URL(url);
  return origin === new URL(page).origin && keptBelow.some((path) => pathname.startsWith(path));
}

const listPath = '/marketplace/kept-page/';
const listAddress = (page: string) => `${new URL(page).origin}${listPath}${encodeURIComponent(page)}`;

async function prune(cache: Cache): Promise<void> {
  const requests = await cache.keys();
  const lists = await Promise.all(
    requests
      .filter(({ url }) => new URL(url).pathname.startsWith(listPath))
      .map(async (request) => (await (await cache.match(request))?.json()) as PageList),
  );
  const stay = lists.sort((a, b) => b.keptAt - a.keptAt).slice(0, mostPages);
  const wanted = new Set(stay.flatMap(({ page, files }) => [page, listAddress(page), ...files]));
  await Promise.all(requests.filter(({ url }) => !wanted.has(url)).map((request) => cache.delete(request)));
}
