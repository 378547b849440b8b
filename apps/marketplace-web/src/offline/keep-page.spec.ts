import { describe, expect, it } from 'vitest';
import { forgetPages, keepPage } from './keep-page';

const origin = 'https://moda.test';
const page = (name: number) => `${origin}/marketplace/cart/try?of=ada/digits@1.0.0&classes=${name}`;
const file = (name: string) => `${origin}/marketplace/_next/static/chunks/${name}.js`;

/** As much of the browser's Cache Storage as is used. */
function storage() {
  const kept = new Map<string, Response>();
  const address = (request: RequestInfo | URL) =>
    request instanceof Request ? request.url : String(request);
  const cache = {
    match: async (request: RequestInfo | URL) => kept.get(address(request))?.clone(),
    put: async (request: RequestInfo | URL, response: Response) =>
      void kept.set(address(request), response.clone()),
    delete: async (request: RequestInfo | URL) => kept.delete(address(request)),
    keys: async () => [...kept.keys()].map((url) => new Request(url)),
  };
  const caches = {
    open: async () => cache,
    delete: async () => {
      kept.clear();
      return true;
    },
  } as unknown as CacheStorage;
  return { kept, caches };
}

/** An app whose pages name one file. */
function app(named = 'app') {
  const asked: string[] = [];
  const fetch = async (url: string) => {
    asked.push(url);
    return new Response(
      url.includes('/cart/try')
        ? `<script src="/marketplace/_next/static/chunks/${named}.js"></script>`
        : url,
    );
  };
  return { asked, fetch };
}

const isFile = (url: string) => url.includes('/_next/');
let time = 0;
const now = () => ++time;

describe('a page that is kept', () => {
  it('has everything that it loaded and that it names, of this app alone', async () => {
    const { kept, caches } = storage();
    const loaded = [
      `${file('worker')}#params=1`,
      `${origin}/marketplace/wasm/a.wasm`,
      `${origin}/marketplace/api/graphql`,
      'https://registry.test/weights.safetensors',
      'blob:https://moda.test/1',
    ];
    expect(await keepPage(page(1), loaded, { caches, fetch: app().fetch, now })).toBe(true);
    const addresses = [...kept.keys()].filter((url) => !url.includes('/kept-page/'));
    expect(addresses.sort()).toEqual(
      [file('worker'), file('app'), `${origin}/marketplace/wasm/a.wasm`, page(1)].sort(),
    );
    expect(await kept.get(page(1))?.clone().text()).toContain('app.js');
  });

  it('shares its files with other pages, which are asked for once', async () => {
    const { caches } = storage();
    const { asked, fetch } = app();
    await keepPage(page(1), [file('worker')], { caches, fetch, now });
    await keepPage(page(2), [file('worker')], { caches, fetch, now });
    expect(asked.filter(isFile)).toHaveLength(2);
  });

  it('goes after twenty newer ones, with what only it needed', async () => {
    const { kept, caches } = storage();
    await keepPage(page(0), [file('old')], { caches, fetch: app('before').fetch, now });
    for (let name = 1; name <= 20; name++)
      await keepPage(page(name), [], { caches, fetch: app().fetch, now });
    expect(kept.has(page(0))).toBe(false);
    expect(kept.has(page(1))).toBe(true);
    expect([...kept.keys()].filter(isFile)).toEqual([file('app')]);
  });

  it('is not kept where a part of it does not come, or the app is away', async () => {
    const { kept, caches } = storage();
    const { fetch } = app();
    const partly = async (url: string) => (isFile(url) ? new Response(null, { status: 500 }) : fetch(url));
    expect(await keepPage(page(1), [], { caches, fetch: partly, now })).toBe(false);
    const away = () => Promise.reject(new TypeError('no network'));
    expect(await keepPage(page(1), [], { caches, fetch: away, now })).toBe(false);
    expect(kept.has(page(1))).toBe(false);
  });

  it('is forgotten on demand', async () => {
    const { kept, caches } = storage();
    await keepPage(page(1), [], { caches, fetch: app().fetch, now });
    await forgetPages(caches);
    expect(kept.size).toBe(0);
  });
});
