import { afterEach, describe, expect, it } from 'vitest';
import { answerCalls, type MessageEnd, RemoteError, remoteCalls } from './remote-calls';

const channels: MessageChannel[] = [];
afterEach(() => {
  for (const { port1, port2 } of channels.splice(0)) {
    port1.close();
    port2.close();
  }
});

/** A page and a worker, as far as messages go. */
function twoEnds(): { page: MessageEnd; worker: MessageEnd } {
  const channel = new MessageChannel();
  channels.push(channel);
  channel.port1.start();
  channel.port2.start();
  return { page: channel.port1, worker: channel.port2 };
}

describe('a call to a worker', () => {
  it('brings its own answer, in whatever order the answers come', async () => {
    const { page, worker } = twoEnds();
    const held: (() => void)[] = [];
    answerCalls(worker, {
      late: (input: number) => new Promise((resolve) => held.push(() => resolve(`late ${input}`))),
      soon: async (input: number) => {
        held.splice(0).forEach((release) => release());
        return `soon ${input}`;
      },
    });
    const calls = remoteCalls(page);
    const late = calls.call('late', 1);
    expect(await calls.call('soon', 2)).toBe('soon 2');
    expect(await late).toBe('late 1');
  });

  it('carries arrays of numbers and news of its progress', async () => {
    const { page, worker } = twoEnds();
    answerCalls(worker, {
      double: async (values: Float32Array, onProgress) => {
        onProgress({ share: 0.5 });
        return values.map((value) => 2 * value);
      },
    });
    const news: unknown[] = [];
    const answer = await remoteCalls(page).call('double', Float32Array.of(1.5, 2), (progress) =>
      news.push(progress),
    );
    expect(answer).toEqual(Float32Array.of(3, 4));
    expect(news).toEqual([{ share: 0.5 }]);
  });

  it('fails with code and sentence of the other side', async () => {
    const { page, worker } = twoEnds();
    answerCalls(worker, {
      refuse: async () => {
        throw Object.assign(new Error('There is no class 11.'), { code: 'CLASS_UNKNOWN' });
      },
      break: async () => {
        throw new Error('It broke.');
      },
    });
    const calls = remoteCalls(page);
    await expect(calls.call('refuse', null)).rejects.toMatchObject({
      name: 'RemoteError',
      code: 'CLASS_UNKNOWN',
      message: 'There is no class 11.',
    });
    await expect(calls.call('break', null)).rejects.toMatchObject({
      code: 'UNEXPECTED',
      message: 'It broke.',
    });
    await expect(calls.call('nothing', null)).rejects.toThrow('There is no method "nothing".');
    await expect(calls.call('toString', null)).rejects.toThrow('There is no method "toString".');
  });

  it('fails, now and later, where the worker ends', async () => {
    const { page, worker } = twoEnds();
    answerCalls(worker, { never: () => new Promise(() => undefined) });
    const calls = remoteCalls(page);
    const waiting = calls.call('never', null);
    calls.end(new RemoteError('WORKER_LOST', 'The worker ended.'));
    await expect(waiting).rejects.toMatchObject({ code: 'WORKER_LOST' });
    await expect(calls.call('never', null)).rejects.toMatchObject({ code: 'WORKER_LOST' });
  });
});
