// Answers for kept pages (src/offline/keep-page.ts) where the app does not: it is away, or there is no network. While the app answers, every
// answer is its own.
const cacheName = 'moda-pages-1';
const answeredBelow = ['/marketplace/cart/try', '/marketplace/_next/static/', '/marketplace/wasm/'];

globalThis.addEventListener('install', () => void globalThis.skipWaiting());
globalThis.addEventListener('activate', (event) => event.waitUntil(globalThis.clients.claim()));
globalThis.addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== 'GET' || origin !== globalThis.location.origin) return;
  if (answeredBelow.some((path) => pathname.startsWith(path)))
    event.respondWith(fromAppElseKept(event.request));
});

async function fromAppElseKept(request) {
  try {
    const answer = await fetch(request);
    return answer.status < 500 ? answer : ((await kept(request)) ?? answer);
  } catch (error) {
    const found = await kept(request);
    if (found === undefined) throw error;
    return found;
  }
}

async function kept(request) {
  const cache = await globalThis.caches.open(cacheName);
  return cache.match(request.url, { ignoreVary: true });
}
