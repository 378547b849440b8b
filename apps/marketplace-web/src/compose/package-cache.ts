/** Keeps what was downloaded or cut, by name, beyond the visit. What comes out is checked by whoever asked: it may be anything. */
export interface PackageCache {
  read(key: string): Promise<Uint8Array | undefined>;
  /** Keeps nothing where there is no room or no right to: the next visit downloads again. */
  write(key: string, bytes: Uint8Array): Promise<void>;
}

const cacheName = 'moda-packages-1';

/**
 * The browser's Cache Storage.
 *
 * @param origin of the page: a worker's own address may be none that a name can be relative to
 */
export function browserCache(origin: string): PackageCache {
  const address = (key: string) => `${origin}/marketplace/kept/${encodeURIComponent(key)}`;
  const open = async () => ('caches' in globalThis ? caches.open(cacheName) : undefined);
  return {
    async read(key) {
      const kept = await open()
        .then((cache) => cache?.match(address(key)))
        .catch(() => undefined);
      return kept === undefined ? undefined : new Uint8Array(await kept.arrayBuffer());
    },
    async write(key, bytes) {
      await open()
        .then((cache) => cache?.put(address(key), new Response(bytes.slice())))
        .catch(() => undefined);
    },
  };
}

/** Forgets everything that pages of this site keep. */
export async function forgetKeptPackages(): Promise<void> {
  if ('caches' in globalThis) await caches.delete(cacheName);
}

/** Lives as long as the page. */
export function memoryCache(): PackageCache {
  const kept = new Map<string, Uint8Array>();
  return {
    read: async (key) => kept.get(key)?.slice(),
    write: async (key, bytes) => void kept.set(key, bytes.slice()),
  };
}
