import { ModaError } from '@moda/contracts';
import { localIdentity, type RequestContext } from '@moda/service-kit';
import { type ExecutionResult, graphql, parse, subscribe } from 'graphql';
import { accessOn } from '../../access/testing/memory-access.js';
import { openRunHub } from '../../live/run-hub.js';
import { problem } from '../../problem/problem.js';
import { openTrainingDatabase, runStoreOn } from '../../runs/open-run-store.js';
import type { ReportedBody } from '../../runs/run-event.js';
import type { RunStore } from '../../runs/run-store.js';
import { takeOrders } from '../../submit/orders.js';
import { takeTaskOrders } from '../../tasks/task-orders.js';
import { buildTrainingSchema } from '../training-schema.js';
import type { Training } from '../training.js';

export type Answer = Record<string, unknown>;

export interface Bench {
  readonly store: RunStore;
  /** How often the queue was to be looked at. */
  wakes(): number;
  /** Data of the answer, plain as it leaves over the wire; throws what GraphQL itself complains about. */
  ask<T = Answer>(question: string, variables?: Answer): Promise<T>;
  /** Data of every event, to the end. */
  hear(question: string, variables?: Answer): Promise<Answer[]>;
  /** Takes the next run of the queue through a worker's life, up to a state. */
  train(
    bodies: readonly ReportedBody[],
    end?: 'running' | 'succeeded' | 'failed' | 'cancelled',
  ): Promise<string>;
  close(): Promise<void>;
}

/** The schema around a store in memory, without anybody who starts workers. */
export async function openBench(training: Partial<Training> = {}): Promise<Bench> {
  const database = await openTrainingDatabase({});
  const store = runStoreOn(database, () => new Date());
  const { tokens, audit } = accessOn(database);
  const failures: unknown[] = [];
  const hub = openRunHub({ store, lookEveryMs: 20, onFailure: (error) => failures.push(error) });
  let wakes = 0;
  // Nothing was thinned out.
  const keptEpochs = async (id: string): Promise<number[]> =>
    (await store.events(id, 0, 1_000, ['checkpoint'])).flatMap(({ body }) =>
      body.kind === 'checkpoint' ? [body.epoch] : [],
    );
  const schema = await buildTrainingSchema({
    store,
    hub,
    tokens,
    audit,
    keptEpochs,
    limits: { total: 2, perUser: 1 },
    orders: takeOrders({ store, keptEpochs, wake: () => (wakes += 1) }),
    tasks: takeTaskOrders({ store, modelOf: (id) => `/nowhere/${id}`, wake: () => (wakes += 1) }),
    files: {
      artifacts: async () => [],
      logUrl: (id) => `http://training/runs/${id}/log`,
      result: async () => undefined,
    },
    conductor: { cancel: (id, reason) => store.requestCancel(id, reason) },
    publishRun: async () => problem('REGISTRY_UNREACHABLE', 'No registry here; start one.'),
    estimate: async ({ epochs }) => ({ seconds: epochs, steps: epochs * 10, peakBytes: 1e9, device: 'CPU' }),
    logits: async () => problem('REGISTRY_UNREACHABLE', 'No registry here; start one.'),
    ...training,
  });
  const contextValue: RequestContext = {
    traceId: 'ab'.repeat(16),
    identity: { ...localIdentity, user: 'ada' },
    user: 'ada',
    authorization: 'Bearer ada',
  };
  const data = ({ data: found, errors }: ExecutionResult): Answer => {
    if (errors?.[0]) throw errors[0].originalError ?? errors[0];
    return JSON.parse(JSON.stringify(found)) as Answer;
  };
  return {
    store,
    wakes: () => wakes,
    async ask<T>(source: string, variableValues: Answer = {}) {
      return data(await graphql({ schema, source, variableValues, contextValue })) as T;
    },
    async hear(source, variableValues = {}) {
      const results = await subscribe({ schema, document: parse(source), variableValues, contextValue });
      if (!(Symbol.asyncIterator in results)) return [data(results)];
      const heard: Answer[] = [];
      for await (const result of results) heard.push(data(result));
      return heard;
    },
    async train(bodies, end = 'succeeded') {
      const token = 'token';
      const worker = { pid: 7, host: 'here', token };
      const run = await store.claimNext({ worker, limits: { total: 99, perUser: 99 } });
      if (!run) throw new ModaError('RUN_UNKNOWN', 'No run waits.');
      await store.move(run.id, 'admitted', 'starting', 'A worker is being started.');
      await store.move(run.id, 'starting', 'running', 'The worker has begun to train.');
      await store.append(run.id, token, { file: 'journal', offset: 0 }, bodies, bodies.length);
      if (end !== 'running') await store.move(run.id, 'running', end, `It ${end}.`);
      hub.poke(run.id);
      return run.id;
    },
    async close() {
      await hub.close();
      await store.close();
      if (failures[0] !== undefined) throw failures[0] as Error;
    },
  };
}
