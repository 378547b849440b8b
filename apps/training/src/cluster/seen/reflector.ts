import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@moda/service-kit';
import type { WatchEvent } from '../api/watch-lines.js';

interface Meta {
  readonly name?: string;
  readonly resourceVersion?: string;
  readonly continue?: string;
}

export interface ListPage {
  readonly metadata?: Meta;
  readonly items: readonly { readonly metadata?: Meta }[];
}

/** Lists objects of one kind, and watches them from the place of a list on. */
export interface ObjectSource {
  /** For people. */
  readonly what: string;
  list(continueAt: string | undefined, signal: AbortSignal): Promise<ListPage>;
  /** Ends by itself after a while. */
  watch(resourceVersion: string, signal: AbortSignal): Promise<AsyncIterable<WatchEvent>>;
}

export interface ReflectorOptions {
  readonly source: ObjectSource;
  /** Everything there is, after each list: what is not in it is gone. */
  readonly onList: (objects: readonly unknown[]) => void;
  readonly onChange: (type: 'put' | 'gone', object: unknown) => void;
  readonly logger: Logger;
  /** The first wait after a failure; each that follows is twice as long, up to `maxRetryMs`. */
  readonly retryMs?: number;
  readonly maxRetryMs?: number;
  /** 0..1, for the spread of waits, so that a server that comes back is not asked by all at once. */
  readonly random?: () => number;
}

/** Keeps a picture of the objects of one kind up to date: lists once, then watches, and lists again only where the thread is lost. */
export interface Reflector {
  /** Resolves when the first list is there. */
  readonly synced: Promise<void>;
  stop(): Promise<void>;
}

/** The place of a watch is too long ago. */
const gone = 410;

export function startReflector(options: ReflectorOptions): Reflector {
  const { logger, source, retryMs = 200, maxRetryMs = 10_000, random = Math.random } = options;
  const stopping = new AbortController();
  let declareSynced!: () => void;
  const synced = new Promise<void>((resolve) => (declareSynced = resolve));
  const isStopped = () => stopping.signal.aborted;
  let failures = 0;

  const run = async (): Promise<void> => {
    let version: string | undefined;
    while (!isStopped()) {
      const startedAt = performance.now();
      try {
        if (version === undefined) {
          const list = await listAll(source, stopping.signal);
          options.onList(list.items);
          version = list.version;
          declareSynced();
        }
        const isLost = await follow(options, version, stopping.signal, (latest) => {
          version = latest;
          failures = 0;
        });
        if (isLost) version = undefined;
      } catch (error) {
        if (isStopped()) return;
        if (statusOf(error) === gone) version = undefined;
        failures += 1;
        if (failures === 3)
          logger.warn({ err: error }, `${source.what} cannot be watched; it is tried again.`);
        await pause(Math.min(maxRetryMs, retryMs * 2 ** Math.min(failures, 20)) * (0.5 + random() / 2));
        continue;
      }
      // A watch that ends at once, again and again, must not keep anybody busy.
      if (performance.now() - startedAt < retryMs) await pause(retryMs);
    }
  };
  const pause = (ms: number) => sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
  const running = run();
  return {
    synced,
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

async function listAll(
  source: ObjectSource,
  signal: AbortSignal,
): Promise<{ items: unknown[]; version: string }> {
  const items: unknown[] = [];
  for (let continueAt: string | undefined; ;) {
    const page = await source.list(continueAt, signal);
    items.push(...page.items);
    continueAt = page.metadata?.continue || undefined;
    if (continueAt === undefined) return { items, version: page.metadata?.resourceVersion ?? '' };
  }
}

/**
 * Takes in changes until the watch ends.
 *
 * @param onVersion told after each of them: where to go on, should the connection break off
 * @returns whether the thread is lost
 */
async function follow(
  { onChange, source }: ReflectorOptions,
  from: string,
  signal: AbortSignal,
  onVersion: (version: string) => void,
): Promise<boolean> {
  for await (const { object, type } of await source.watch(from, signal)) {
    if (type === 'ERROR') {
      const status = object as { readonly code?: number; readonly message?: string };
      if (status.code === gone) return true;
      throw Object.assign(new Error(status.message ?? 'the watch failed'), { status: status.code });
    }
    if (type !== 'BOOKMARK') onChange(type === 'DELETED' ? 'gone' : 'put', object);
    const version = (object as { readonly metadata?: Meta }).metadata?.resourceVersion;
    if (version !== undefined) onVersion(version);
  }
  return false;
}

const statusOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
