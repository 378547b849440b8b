import { createLogger, createMetrics, startService } from '@moda/service-kit';
import { parseTrainSpec } from '@moda/contracts';
import { buildTrainingSchema } from '../../graphql/training-schema.js';
import type { Training } from '../../graphql/training.js';
import { openRunStore } from '../../runs/open-run-store.js';
import { openRunHub } from '../run-hub.js';
import type { ServeEventsAnswer, ServeEventsQuestion } from './serve-events-message.js';

/**
 * The subscriptions of a training service over one run in memory, as a process of its own, so that a suite can measure it: it is told by
 * messages what happens to the run. A subscriber may be 30 events behind.
 */
const store = await openRunStore();
const hub = openRunHub({ store, maxWaiting: 30, onFailure: (error) => process.stderr.write(String(error)) });
const { run } = await store.submit({
  experiment: 'live',
  user: 'local',
  spec: parseTrainSpec({ arch: 'lenet5' }),
  traceId: '0'.repeat(32),
});
const token = 'token';
await store.claimNext({
  worker: { pid: process.pid, host: 'here', token },
  limits: { total: 1, perUser: 1 },
});
await store.move(run.id, 'admitted', 'starting', 'A worker is being started.');
await store.move(run.id, 'starting', 'running', 'The worker has begun to train.');

const service = await startService({
  host: '127.0.0.1',
  port: 0,
  logger: createLogger({ service: 'training', level: 'error' }),
  metrics: createMetrics('training'),
  title: 'events',
  // Nothing else is asked of it.
  schema: await buildTrainingSchema({ store, hub } as unknown as Training),
  subscriptions: true,
  // Who is too slow for it is to be told so, not cut off: suites stop reading for longer than anybody should.
  subscriberStallMs: 300_000,
  checkReady: () => store.ping(),
});

let line = 0;
async function answer(question: ServeEventsQuestion): Promise<ServeEventsAnswer> {
  if (question.kind === 'append') {
    const from = { file: 'journal', offset: line };
    line += 1;
    const text = 'x'.repeat(question.bytes);
    const body = { kind: 'log', level: 'info', attempt: 1, line, text } as const;
    await store.append(run.id, token, from, [body], line);
    hub.poke(run.id);
  } else if (question.kind === 'end') {
    await store.move(run.id, 'running', 'succeeded', 'Training is done.');
    hub.poke(run.id);
  } else {
    globalThis.gc?.();
  }
  const { lastSequence } = (await store.run(run.id))!;
  const { heapUsed, rss } = process.memoryUsage();
  return { kind: 'answer', lastSequence, heapUsed, rss };
}

// One after the other.
let work: Promise<unknown> = Promise.resolve();
process.on('message', (question: ServeEventsQuestion) => {
  work = work.then(async () => process.send?.(await answer(question)));
});
process.on('disconnect', () => process.exit(0));
process.send?.({ kind: 'ready', url: service.url, runId: run.id } satisfies ServeEventsAnswer);
