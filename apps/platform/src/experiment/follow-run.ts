import { setTimeout as sleep } from 'node:timers/promises';
import { isModaError, ModaError } from '@moda/contracts';
import { z } from 'zod';
import type { GatewayClient } from '../gateway/gateway-client.js';

/** News of a run, for a line on the screen. */
export type RunNews =
  | {
      readonly kind: 'progress';
      readonly done: number;
      readonly total: number;
      readonly unit: string;
      readonly values: Readonly<Record<string, number>>;
    }
  | { readonly kind: 'warning' | 'note'; readonly text: string };

export interface FinishedRun {
  readonly state: string;
  readonly accuracy: number | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly reason: string;
}

const eventSchema = z.object({
  runEvents: z.object({
    sequence: z.int(),
    body: z.discriminatedUnion('__typename', [
      z.object({
        __typename: z.literal('MetricPoint'),
        step: z.number(),
        values: z.array(z.object({ name: z.string(), value: z.number().nullable() })),
      }),
      z.object({
        __typename: z.literal('ProgressMade'),
        done: z.number(),
        total: z.number(),
        unit: z.string().nullish(),
      }),
      z.object({ __typename: z.literal('StateChange'), to: z.string(), reason: z.string() }),
      z.object({ __typename: z.literal('LogLine'), level: z.string(), text: z.string() }),
      z.object({ __typename: z.literal('CheckpointWritten') }),
      z.object({ __typename: z.literal('ArtifactWritten') }),
    ]),
  }),
});

const eventsQuestion = `subscription FollowTraining($id: ID!, $after: SafeInt!) {
  runEvents(id: $id, after: $after) { sequence body { __typename
    ... on MetricPoint { step values { name value } } ... on ProgressMade { done total unit }
    ... on StateChange { to reason } ... on LogLine { level text } } }
}`;

const runSchema = z.object({
  run: z.object({
    state: z.string(),
    reason: z.string(),
    progress: z.object({ done: z.number(), total: z.number(), unit: z.string() }),
    lastSequence: z.int(),
    outcome: z.object({ accuracy: z.number().nullable() }).nullable(),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
  }),
});

const runQuestion = `query Training($id: ID!) { run(id: $id) { state reason lastSequence progress { done total unit } outcome { accuracy } error { code message } } }`;

const overStates = ['succeeded', 'failed', 'cancelled'];
const interruptedStates = ['interrupted', 'preempted'];
const againAfterMs = 500;
/** Between the end of the events and the state that they told of. */
const settleMs = 50;
/** A service that is away for longer than this is not about to come back. */
const patienceMs = 120_000;

/**
 * Follows a run until it is over. A connection that breaks is opened again behind the last event that was heard.
 * @throws ModaError EXPERIMENT_FAILED where the gateway stays away
 */
export async function followRun(
  client: GatewayClient,
  id: string,
  onNews: (news: RunNews) => void,
  signal: AbortSignal,
): Promise<FinishedRun> {
  const view = newsOf(onNews);
  let after: number | undefined;
  let heardAt = performance.now();
  for (;;) {
    const { run } = await client.ask(runQuestion, { id }, runSchema);
    if (overStates.includes(run.state)) {
      const { state, reason, error, outcome } = run;
      return { state, reason, error, accuracy: outcome?.accuracy ?? null };
    }
    // One that is on its way already is told as it is now, not from its beginning.
    after ??= view.beginWith(run.progress) ? run.lastSequence : 0;
    let delayMs = settleMs;
    try {
      for await (const { runEvents } of client.follow(eventsQuestion, { id, after }, eventSchema)) {
        after = runEvents.sequence;
        heardAt = performance.now();
        view.hear(runEvents.body, run.progress.unit);
      }
    } catch (error) {
      signal.throwIfAborted();
      delayMs = againAfterMs;
      if (isModaError(error) && error.code !== 'EXPERIMENT_FAILED') throw error;
      if (performance.now() - heardAt > patienceMs)
        throw new ModaError(
          'EXPERIMENT_FAILED',
          `The run ${id} cannot be followed: ${(error as Error).message}`,
          { id },
        );
    }
    await sleep(delayMs, undefined, { signal });
  }
}

type Body = z.infer<typeof eventSchema>['runEvents']['body'];

interface Hearing {
  /** False where there is nothing to tell yet. */
  beginWith(progress: { readonly done: number; readonly total: number; readonly unit: string }): boolean;
  hear(body: Body, unit: string): void;
}

/** Steps and their loss terms come apart from how many there are to do. */
function newsOf(onNews: (news: RunNews) => void): Hearing {
  let total = 0;
  let values: Record<string, number> = {};
  const progress = (done: number, unit: string): void =>
    onNews({ kind: 'progress', done, total, unit: unit.endsWith('s') ? unit : `${unit}s`, values });
  return {
    beginWith(now) {
      if (now.done === 0 || now.total === 0) return false;
      total = now.total;
      progress(now.done, now.unit);
      return true;
    },
    hear(body, unit) {
      switch (body.__typename) {
        case 'MetricPoint':
          values = Object.fromEntries(
            body.values.flatMap(({ name, value }) => (value === null ? [] : [[name, value]])),
          );
          if (total > 0) progress(body.step, unit);
          break;
        case 'ProgressMade':
          // Something else is counted now.
          if (total !== 0 && body.total !== total) values = {};
          total = body.total;
          progress(body.done, body.unit ?? unit);
          break;
        case 'StateChange':
          if (interruptedStates.includes(body.to)) onNews({ kind: 'note', text: body.reason });
          break;
        case 'LogLine':
          if (body.level !== 'info') onNews({ kind: 'warning', text: body.text });
          break;
        default:
      }
    },
  };
}
