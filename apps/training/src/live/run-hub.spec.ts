import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EventBody, RunEvent } from '../runs/run-event.js';
import { type HubOptions, openRunHub, type RunHub } from './run-hub.js';
import { EventLog } from './testing/event-log.js';

const hubs: RunHub[] = [];
afterEach(async () => {
  for (const hub of hubs.splice(0)) await hub.close();
});

function open(options: Partial<HubOptions> = {}): { log: EventLog; hub: RunHub; failures: unknown[] } {
  const log = new EventLog();
  const failures: unknown[] = [];
  const hub = openRunHub({
    store: log,
    lookEveryMs: 60_000,
    onFailure: (error) => failures.push(error),
    ...options,
  });
  hubs.push(hub);
  return { log, hub, failures };
}

const line = (step: number): EventBody => ({ kind: 'progress', done: step, total: 100 });
const done: EventBody = { kind: 'state', from: 'running', to: 'succeeded', reason: 'Training is done.' };

async function sequences(events: AsyncIterable<RunEvent>): Promise<number[]> {
  const found: number[] = [];
  for await (const { sequence } of events) found.push(sequence);
  return found;
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

describe('who follows a run', () => {
  it('hears of everything from the beginning to the end', async () => {
    const { log, hub } = open();
    log.append('a', ...numbers(1, 1200).map(line), done);
    expect(await sequences(hub.follow('a', 0))).toEqual(numbers(1, 1201));
  });

  it('hears of what comes, and the end', async () => {
    const { log, hub } = open();
    log.append('a', line(1));
    const following = sequences(hub.follow('a', 0));
    for (const step of numbers(2, 30)) {
      log.append('a', line(step));
      hub.poke('a');
      if (step % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    log.append('a', done);
    hub.poke('a');
    expect(await following).toEqual(numbers(1, 31));
  });

  it('goes on behind what it knows', async () => {
    const { log, hub } = open();
    log.append('a', line(1), line(2), line(3), done);
    expect(await sequences(hub.follow('a', 2))).toEqual([3, 4]);
    expect(await sequences(hub.follow('a', 4))).toEqual([]);
  });

  it('hears nothing of other runs', async () => {
    const { log, hub } = open();
    log.append('a', line(1));
    log.append('b', line(1), line(2), line(3));
    const following = sequences(hub.follow('a', 0));
    log.append('a', done);
    hub.poke('b');
    hub.poke('a');
    expect(await following).toEqual([1, 2]);
  });

  it('misses and repeats nothing when it is cut off 50 times while events come', async () => {
    const { log, hub } = open();
    const heard: number[] = [];
    const total = 2000;
    let written = 0;
    const writing = setInterval(() => {
      for (let i = 0; i < 7 && written < total; i += 1) log.append('a', line((written += 1)));
      if (written === total) {
        log.append('a', done);
        clearInterval(writing);
      }
      hub.poke('a');
    }, 1);
    log.append('a');
    let cuts = 0;
    let over = false;
    while (!over) {
      let room = cuts < 50 ? 1 + ((cuts * 7) % 31) : Number.POSITIVE_INFINITY;
      over = true;
      for await (const { sequence } of hub.follow('a', heard.at(-1) ?? 0)) {
        heard.push(sequence);
        if ((room -= 1) > 0) continue;
        cuts += 1;
        over = false;
        break;
      }
    }
    expect(cuts).toBe(50);
    expect(heard).toEqual(numbers(1, total + 1));
  });

  it('learns of events that nobody poked for', async () => {
    const { log, hub } = open({ lookEveryMs: 10 });
    log.append('a', line(1));
    const following = sequences(hub.follow('a', 0));
    await new Promise((resolve) => setTimeout(resolve, 30));
    log.append('a', done);
    expect(await following).toEqual([1, 2]);
  });

  it('can leave while nothing happens', async () => {
    const { log, hub } = open();
    log.append('a', line(1));
    const events = hub.follow('a', 1);
    const waiting = events.next();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await events.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  it('hears of a store that fails', async () => {
    const { log, hub, failures } = open();
    log.append('a', line(1));
    const following = sequences(hub.follow('a', 1));
    await vi.waitFor(() => expect(log.reads).toBeGreaterThan(1), 10_000);
    log.failure = new Error('no database');
    hub.poke('a');
    await expect(following).rejects.toThrow('no database');
    expect(failures).toHaveLength(1);
  });
});

describe('500 who follow one run', () => {
  it('are told what was read once', async () => {
    const { log, hub } = open();
    log.append('a', line(1));
    const following = numbers(1, 500).map(() => sequences(hub.follow('a', 0)));
    await new Promise((resolve) => setTimeout(resolve, 50));
    const before = log.reads;
    for (const step of numbers(2, 50)) log.append('a', line(step));
    log.append('a', done);
    hub.poke('a');
    const all = await Promise.all(following);
    expect(all.every((found) => found.length === 51)).toBe(true);
    expect(log.reads - before).toBeLessThan(10);
  });
});

describe('one who reads slowly', () => {
  it('is dropped with the place to go on from, and goes on there', async () => {
    const { log, hub } = open({ maxWaiting: 10 });
    log.append('a', line(1));
    const events = hub.follow('a', 0);
    expect((await events.next()).value?.sequence).toBe(1);
    const waiting = events.next();
    await new Promise((resolve) => setTimeout(resolve, 5));
    const others = sequences(hub.follow('a', 1));
    log.append('a', line(2));
    hub.poke('a');
    expect((await waiting).value?.sequence).toBe(2);
    await new Promise((resolve) => setTimeout(resolve, 5));
    for (const step of numbers(3, 40)) {
      log.append('a', line(step));
      hub.poke('a');
      await new Promise((resolve) => setImmediate(resolve));
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
    await expect(events.next()).rejects.toMatchObject({
      code: 'SUBSCRIBER_TOO_SLOW',
      details: { runId: 'a', after: 2 },
    });
    log.append('a', done);
    hub.poke('a');
    expect(await others).toEqual(numbers(2, 41));
    expect(await sequences(hub.follow('a', 2))).toEqual(numbers(3, 41));
  });
});

describe('who watches runs', () => {
  it('is told which have changed, each once however often it did', async () => {
    const { hub } = open();
    const changed = hub.watch(['a', 'b']);
    expect([(await changed.next()).value, (await changed.next()).value]).toEqual(['a', 'b']);
    for (let i = 0; i < 100; i += 1) hub.poke('b');
    hub.poke('c');
    expect((await changed.next()).value).toBe('b');
    const waiting = changed.next();
    hub.poke('a');
    expect((await waiting).value).toBe('a');
    const last = changed.next();
    await changed.return?.();
    expect(await last).toEqual({ done: true, value: undefined });
  });
});
