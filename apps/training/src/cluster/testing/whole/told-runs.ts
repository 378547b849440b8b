import { setTimeout as sleep } from 'node:timers/promises';
import { overEventStream } from '@moda/service-kit/testing';
import { ask, type Event, eventFields } from '../../../testing/over-the-wire.js';

/** A run as the service tells it. */
export interface ToldRun {
  readonly id: string;
  readonly state: string;
  readonly reason: string;
  readonly attempt: number;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly transitions: readonly { readonly to: string; readonly reason: string; readonly at: string }[];
  readonly progress: { readonly done: number };
  /** Those that are kept and have arrived; where epochs are short few of them do. */
  readonly checkpoints: readonly { readonly epoch: number }[];
  readonly artifacts: readonly { readonly name: string; readonly digest: string | null }[];
}

/** What is to be the same however often a run was disturbed. */
export interface Outcome {
  readonly state: string;
  /** Digest of the weights. */
  readonly weights: string | null | undefined;
  /** In the order of their steps: a point that was stored twice is there twice. */
  readonly points: readonly { readonly step: number; readonly values: unknown }[];
}

const defaultPatienceMs = 240_000;
const over = new Set(['succeeded', 'failed', 'cancelled']);

/** Runs of a training service, spoken of over the wire alone. */
export class ToldRuns {
  constructor(readonly url: string) {}

  /** The data of an answer; throws where it has errors, and where nobody answers. */
  ask<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
    return ask<T>(this.url, query, variables);
  }

  /** @returns the id of a new run; the one of the first time where the key was used before */
  async submit(
    spec: object,
    more: { readonly priority?: number; readonly idempotencyKey?: string } = {},
  ): Promise<string> {
    const { submitRun } = await this.ask<{ submitRun: { run?: { id: string }; message?: string } }>(
      `mutation ($input: SubmitRunInput!) { submitRun(input: $input) {
        ... on Submission { run { id } } ... on Problem { code message } } }`,
      { input: { experiment: 'cluster', spec, ...more } },
    );
    if (submitRun.run === undefined) throw new Error(submitRun.message);
    return submitRun.run.id;
  }

  async cancel(id: string): Promise<void> {
    await this.ask(`mutation ($ids: [ID!]!) { cancelRuns(ids: $ids) { __typename } }`, { ids: [id] });
  }

  async run(id: string): Promise<ToldRun> {
    const { run } = await this.ask<{ run: ToldRun }>(
      `query ($id: ID!) { run(id: $id) { id state reason attempt error { code message }
        transitions { to reason at } progress { done } checkpoints { epoch } artifacts { name digest } } }`,
      { id },
    );
    return run;
  }

  /** Waits until a run is as wanted; a service that is away is asked again. */
  async until(id: string, isSo: (run: ToldRun) => boolean, patienceMs = defaultPatienceMs): Promise<ToldRun> {
    let last: ToldRun | undefined;
    for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await sleep(50)) {
      last = await this.run(id).catch(() => undefined);
      if (last !== undefined && isSo(last)) return last;
      // What has ended does not change any more.
      if (last !== undefined && over.has(last.state)) break;
    }
    const path = last?.transitions.map(({ at, to, reason }) => `${at} ${to}: ${reason}`) ?? [];
    throw new Error(`Run ${id} did not get there:\n${path.join('\n')}`);
  }

  state(id: string, ...wanted: readonly string[]): Promise<ToldRun> {
    return this.until(id, ({ state }) => wanted.includes(state));
  }

  end(id: string, patienceMs?: number): Promise<ToldRun> {
    return this.until(id, ({ state }) => over.has(state), patienceMs);
  }

  /** All events that are stored of a run. */
  async events(id: string): Promise<readonly Event[]> {
    const found: Event[] = [];
    for (let after = 0; ;) {
      const { runEvents } = await this.ask<{
        runEvents: { events: Event[]; endSequence: number; hasMore: boolean };
      }>(
        `query ($id: ID!, $after: SafeInt!) { runEvents(id: $id, after: $after, first: 1000) {
          events { ${eventFields} } endSequence hasMore } }`,
        { id, after },
      );
      found.push(...runEvents.events);
      if (!runEvents.hasMore) return found;
      after = runEvents.endSequence;
    }
  }

  /** Every event as it is told, until the run is over; a stream that breaks is taken up behind the last event. */
  async *follow(id: string): AsyncGenerator<Event, void, undefined> {
    const query = `subscription ($id: ID!, $after: SafeInt!) { runEvents(id: $id, after: $after) { ${eventFields} } }`;
    for (let after = 0, state = ''; !over.has(state);) {
      try {
        for await (const { data } of overEventStream(this.url, query, { variables: { id, after } })) {
          const event = data?.['runEvents'] as unknown as Event | undefined;
          if (event === undefined) break;
          after = event.sequence;
          if (event.kind === 'state') state = String(event.body['to']);
          yield event;
        }
      } catch {
        await sleep(100);
      }
    }
  }

  /**
   * How a run has ended, once it has.
   * @throws Error where an event is missing or told twice
   */
  async outcome(id: string): Promise<Outcome> {
    const { artifacts, state } = await this.end(id);
    const events = await this.events(id);
    const gap = events.findIndex(({ sequence }, index) => sequence !== index + 1);
    if (gap >= 0) throw new Error(`Event ${gap + 1} of run ${id} has the number ${events[gap]?.sequence}.`);
    const points = events.flatMap(({ kind, body }) =>
      kind === 'metric' ? [{ step: Number(body['step']), values: body['values'] }] : [],
    );
    return {
      state,
      weights: artifacts.find(({ name }) => name === 'model/weights.safetensors')?.digest,
      points: points.sort((a, b) => a.step - b.step),
    };
  }
}

/** It trains, and has something to lose: three epochs. */
export const hasTrained = ({ progress, state }: ToldRun): boolean =>
  state === 'running' && progress.done >= 12;

/** The states that a run went through, each once where only its reason changed. */
export const pathOf = ({ transitions }: ToldRun): readonly string[] =>
  transitions.map(({ to }) => to).filter((to, index, all) => to !== all[index - 1]);
