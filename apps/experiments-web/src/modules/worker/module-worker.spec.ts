import { describe, expect, it } from 'vitest';
import { createModuleWorker, type WorkerPort } from './module-worker';
import type { Question, Reply } from './protocol';

/** A worker that answers when it is told to. */
function slowPort() {
  const asked: Question[] = [];
  const listeners: ((event: { readonly data: Reply }) => void)[] = [];
  const errors: ((event: { readonly message?: string }) => void)[] = [];
  let isClosed = false;
  const port: WorkerPort = {
    postMessage: (question) => void asked.push(question),
    addEventListener: (type: 'message' | 'error', listener: never) =>
      void (type === 'message' ? listeners : errors).push(listener),
    terminate: () => {
      isClosed = true;
    },
  };
  return {
    port,
    asked,
    isClosed: () => isClosed,
    reply: (reply: Reply) => listeners.forEach((listener) => listener({ data: reply })),
    fail: (message: string) => errors.forEach((listener) => listener({ message })),
  };
}

/** What was promised is settled by now. */
const soon = () => new Promise((resolve) => setTimeout(resolve));
const at = (tau: number) => ({ tau }) as never;

describe('the worker’s client', () => {
  it('gives each answer to its own question, in whatever order they come', async () => {
    const { port, reply } = slowPort();
    const worker = createModuleWorker(port);
    const [first, second] = [worker.ask('at', { tau: 0.1 }), worker.ask('at', { tau: 0.2 })];
    reply({ id: 1, answer: at(0.2) });
    reply({ id: 0, answer: at(0.1) });
    expect(await first).toEqual({ tau: 0.1 });
    expect(await second).toEqual({ tau: 0.2 });
  });

  it('passes on why a question has no answer', async () => {
    const { port, reply } = slowPort();
    const asked = createModuleWorker(port).ask('at', { tau: 7 });
    reply({ id: 0, code: 'USAGE', message: 'The threshold is 7.' });
    await expect(asked).rejects.toMatchObject({ code: 'USAGE', message: 'The threshold is 7.' });
  });

  it('of questions that come faster than answers asks the first and the last', async () => {
    const { port, asked, reply } = slowPort();
    const worker = createModuleWorker(port);
    const answers = [0.1, 0.2, 0.3, 0.4].map((tau) => worker.askLatest('at', { tau }));
    expect(asked.map(({ given }) => given)).toEqual([{ tau: 0.1 }]);
    reply({ id: 0, answer: at(0.1) });
    await soon();
    expect(asked.map(({ given }) => given)).toEqual([{ tau: 0.1 }, { tau: 0.4 }]);
    reply({ id: 1, answer: at(0.4) });
    expect(await Promise.all(answers)).toEqual([{ tau: 0.1 }, undefined, undefined, { tau: 0.4 }]);
  });

  it('asks the last one also where the one before had no answer', async () => {
    const { port, asked, reply } = slowPort();
    const worker = createModuleWorker(port);
    const [wrong, right] = [worker.askLatest('at', { tau: 7 }), worker.askLatest('at', { tau: 0.5 })];
    reply({ id: 0, code: 'USAGE', message: 'The threshold is 7.' });
    await expect(wrong).rejects.toMatchObject({ code: 'USAGE' });
    await soon();
    reply({ id: asked.at(-1)!.id, answer: at(0.5) });
    expect(await right).toEqual({ tau: 0.5 });
  });

  it('keeps questions of different names apart', () => {
    const { port, asked } = slowPort();
    const worker = createModuleWorker(port);
    void worker.askLatest('at', { tau: 0.1 });
    void worker.askLatest('layer', { tau: 0.1, layer: 'relu' });
    expect(asked.map(({ name }) => name)).toEqual(['at', 'layer']);
  });

  it('tells everybody who waits that the worker has failed', async () => {
    const { port, fail } = slowPort();
    const asked = createModuleWorker(port).ask('at', { tau: 0.5 });
    fail('out of memory');
    await expect(asked).rejects.toMatchObject({
      code: 'WORKER_FAILED',
      message: 'The modules cannot be computed in this browser (out of memory); load the page again.',
    });
  });

  it('ends the worker', () => {
    const { port, isClosed } = slowPort();
    createModuleWorker(port).close();
    expect(isClosed()).toBe(true);
  });
});
