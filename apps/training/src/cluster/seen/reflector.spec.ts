import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger } from '@moda/service-kit';
import { afterEach, describe, expect, it } from 'vitest';
import type { WatchEvent } from '../api/watch-lines.js';
import { type ObjectSource, type Reflector, startReflector } from './reflector.js';

interface Thing {
  readonly metadata: { readonly name: string; readonly resourceVersion: string };
}
const thing = (name: string, version: number): Thing => ({
  metadata: { name, resourceVersion: String(version) },
});
const event = (type: string, name: string, version: number): WatchEvent => ({
  type,
  object: thing(name, version),
});
const refusal = (status: number) => Object.assign(new Error(`answer ${status}`), { status });

type Watched = readonly WatchEvent[] | Error;

/** Answers as it was told to, then nothing but silence. */
class Script implements ObjectSource {
  readonly what = 'things';
  readonly asked: string[] = [];

  constructor(
    private readonly lists: (readonly Thing[] | Error)[],
    private readonly watches: (Watched | readonly [readonly WatchEvent[], Error])[],
    private readonly version = '10',
  ) {}

  async list() {
    this.asked.push('list');
    const items = this.lists.shift() ?? [];
    if (items instanceof Error) throw items;
    return { metadata: { resourceVersion: this.version }, items };
  }

  async watch(resourceVersion: string, signal: AbortSignal) {
    this.asked.push(`watch ${resourceVersion}`);
    const next = this.watches.shift();
    if (next instanceof Error) throw next;
    return played(next, signal);
  }
}

async function* played(
  next: readonly WatchEvent[] | readonly [readonly WatchEvent[], Error] | undefined,
  signal: AbortSignal,
): AsyncGenerator<WatchEvent> {
  if (next === undefined) await sleep(60_000, undefined, { signal, ref: false });
  const [events, failure] = (next?.[1] instanceof Error ? next : [next]) as [readonly WatchEvent[], Error?];
  yield* events;
  if (failure) throw failure;
}

let reflector: Reflector;
afterEach(() => reflector.stop());

function follow(source: ObjectSource) {
  const told: string[] = [];
  reflector = startReflector({
    source,
    logger: createLogger({ service: 'spec', level: 'silent' }),
    retryMs: 1,
    onList: (things) =>
      told.push(`all: ${(things as Thing[]).map(({ metadata }) => metadata.name).join(' ')}`),
    onChange: (type, object) => told.push(`${type} ${(object as Thing).metadata.name}`),
  });
  return told;
}
const reaches = (read: () => unknown, wanted: unknown) =>
  expect.poll(read, { timeout: 5_000, interval: 2 }).toEqual(wanted);

describe('a picture of the objects of one kind', () => {
  it('is listed once, and then follows the watch, from where each one ended', async () => {
    const source = new Script(
      [[thing('a', 3)]],
      [
        [event('ADDED', 'b', 11), event('MODIFIED', 'a', 12)],
        [event('BOOKMARK', '', 40)],
        [event('DELETED', 'b', 41)],
      ],
    );
    const told = follow(source);
    await reflector.synced;
    await reaches(() => source.asked, ['list', 'watch 10', 'watch 12', 'watch 40', 'watch 41']);
    expect(told).toEqual(['all: a', 'put b', 'put a', 'gone b']);
  });

  it.each<[string, Watched]>([
    ['by the answer', refusal(410)],
    ['in the watch', [{ type: 'ERROR', object: { code: 410, message: 'too old' } }]],
  ])('is listed again where its place is too long ago, told %s', async (_, watched) => {
    const source = new Script([[thing('a', 1)], [thing('b', 20)]], [watched]);
    const told = follow(source);
    await reaches(() => source.asked, ['list', 'watch 10', 'list', 'watch 10']);
    expect(told).toEqual(['all: a', 'all: b']);
  });

  it('goes on from its place where the connection breaks off, or the server is away', async () => {
    const source = new Script(
      [new Error('refused'), [thing('a', 1)]],
      [[[event('ADDED', 'b', 15)], new Error('reset')], new Error('refused'), refusal(500)],
    );
    const told = follow(source);
    await reaches(() => source.asked, ['list', 'list', 'watch 10', 'watch 15', 'watch 15', 'watch 15']);
    expect(told).toEqual(['all: a', 'put b']);
  });

  it('asks later and later while nobody answers', async () => {
    const source = new Script(
      Array.from({ length: 100 }, () => new Error('refused')),
      [],
    );
    follow(source);
    await sleep(150);
    expect(source.asked.length).toBeGreaterThan(2);
    expect(source.asked.length).toBeLessThan(12);
  });
});
