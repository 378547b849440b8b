import { RemoteError, remoteCalls } from './remote-calls';
import type { Workbench } from './workbench';

/** A workbench in a worker of its own, and its end. */
export interface OpenWorkbench extends Workbench {
  /** Ends the worker: all its memory is free, and whoever waits is told. */
  close(): void;
}

export function openWorkbench(): OpenWorkbench {
  const worker = new Worker(new URL('./workbench.worker.ts', import.meta.url), { type: 'module' });
  const calls = remoteCalls(worker);
  worker.addEventListener('error', ({ message }) => {
    const reason = message === '' ? '' : ` (${message})`;
    calls.end(new RemoteError('WORKER_LOST', `The worker of this page ended${reason}; load the page again.`));
  });
  void calls.call('setUp', { origin: location.origin }).catch(() => undefined);

  // The other side has the same methods: their answers are of the same types.
  const call =
    (method: keyof Workbench) =>
    <Answer>(input?: unknown, onProgress?: (progress: never) => void): Promise<Answer> =>
      calls.call(method, input, onProgress as (progress: unknown) => void) as Promise<Answer>;

  return {
    compose: call('compose'),
    samples: call('samples'),
    start: call('start'),
    predict: call('predict'),
    latency: call('latency'),
    loaded: call('loaded'),
    take: call('take'),
    close() {
      worker.terminate();
      calls.end(new RemoteError('INTERRUPTED', 'This was given up.'));
    },
  };
}
