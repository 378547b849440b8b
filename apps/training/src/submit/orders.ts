import { ModaError, parseTrainSpec, sweepSpecs, type TrainSpec } from '@moda/contracts';
import type { RunRecord } from '../runs/run-record.js';
import type { RunStore } from '../runs/run-store.js';
import { type Problem, problem } from '../problem/problem.js';

/** What is asked for beside the spec. */
export interface Order {
  readonly experiment: string;
  readonly name?: string | undefined;
  readonly user: string;
  readonly traceId: string;
  readonly priority?: number | undefined;
  readonly idempotencyKey?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly notes?: string | undefined;
}

export interface Submitted {
  readonly kind: 'submitted' | 'again';
  readonly run: RunRecord;
}

/** Takes orders for runs: checks them in full before anything is stored. */
export interface Orders {
  submit(order: Order, spec: unknown): Promise<Submitted | Problem>;
  /** @throws ModaError SPEC_INVALID */
  sweep(order: Order, base: unknown, grid: unknown): Promise<readonly Submitted[] | Problem>;
  /** A run that was cancelled or has failed goes on from its last checkpoint, as a new run; others go on by themselves. */
  resume(id: string, by: Pick<Order, 'user' | 'traceId' | 'idempotencyKey'>): Promise<Submitted | Problem>;
  /** A new run from a checkpoint of another, with some fields of its spec changed. */
  fork(
    id: string,
    epoch: number,
    changes: Readonly<Record<string, unknown>>,
    by: Pick<Order, 'user' | 'traceId' | 'idempotencyKey' | 'name'>,
  ): Promise<Submitted | Problem>;
}

export interface OrderOptions {
  readonly store: Pick<RunStore, 'submit' | 'run' | 'events'>;
  /** There is something to do. */
  readonly wake: () => void;
}

/** Checkpoints that are looked at: one an epoch, and no run has more epochs. */
const maxCheckpoints = 10_000;
/** Fields that decide the shape of the network or what its weights mean; a checkpoint does not fit another value. */
const fixedFields = ['arch', 'dataset', 'classes', 'init', 'initLayout'] as const;

export function takeOrders({ store, wake }: OrderOptions): Orders {
  const place = async (
    order: Order,
    spec: TrainSpec,
    parent?: RunRecord['parent'],
  ): Promise<Submitted | Problem> => {
    const outcome = await store.submit({ ...given({ ...order, parent }), spec });
    if (outcome.kind === 'conflict')
      return problem(
        'IDEMPOTENCY_CONFLICT',
        `The idempotency key ${JSON.stringify(order.idempotencyKey)} belongs to run ${outcome.run.id}, which is another one; choose a new key for a new run.`,
        { details: { runId: outcome.run.id } },
      );
    wake();
    return outcome;
  };
  const lastCheckpoint = async (id: string): Promise<number | undefined> => {
    const events = await store.events(id, 0, maxCheckpoints, ['checkpoint']);
    const epochs = events.flatMap(({ body }) => (body.kind === 'checkpoint' ? [body.epoch] : []));
    return epochs.at(-1);
  };

  return {
    async submit(order, spec) {
      return checkOrder(order) ?? place(order, parseTrainSpec(spec));
    },
    async sweep(order, base, grid) {
      const wrong = checkOrder(order);
      if (wrong) return wrong;
      const submitted: Submitted[] = [];
      for (const [index, spec] of sweepSpecs(base, grid).entries()) {
        const key = order.idempotencyKey === undefined ? undefined : `${order.idempotencyKey}#${index}`;
        const outcome = await place({ ...order, idempotencyKey: key }, spec);
        if (outcome.kind === 'problem') return outcome;
        submitted.push(outcome);
      }
      return submitted;
    },
    async resume(id, by) {
      const run = await store.run(id);
      if (run === undefined) return unknownRun(id);
      if (run.state !== 'cancelled' && run.state !== 'failed') {
        if (run.state !== 'succeeded' && run.cancelRequestedAt === undefined) return { kind: 'again', run };
        return problem(
          'RUN_STATE_REFUSED',
          run.state === 'succeeded'
            ? `Run ${id} has succeeded; fork it from one of its checkpoints to go another way.`
            : `Run ${id} is being cancelled; resume it when it is.`,
          { details: { state: run.state } },
        );
      }
      const epoch = await lastCheckpoint(id);
      const { experiment, name, priority, tags, notes, spec } = run;
      const parent = epoch === undefined ? undefined : { runId: id, epoch };
      return place({ experiment, name, priority, tags, notes, ...by }, spec, parent);
    },
    async fork(id, epoch, changes, by) {
      const run = await store.run(id);
      if (run === undefined) return unknownRun(id);
      const events = await store.events(id, 0, maxCheckpoints, ['checkpoint']);
      const epochs = events.flatMap(({ body }) => (body.kind === 'checkpoint' ? [body.epoch] : []));
      if (!epochs.includes(epoch))
        return problem(
          'CHECKPOINT_UNKNOWN',
          epochs.length === 0
            ? `Run ${id} has no checkpoint yet; submit a run with its spec instead.`
            : `Run ${id} has no checkpoint of epoch ${epoch}; it has ${epochs.slice(-10).join(', ')}.`,
          { details: { epochs } },
        );
      const spec = parseTrainSpec({ ...run.spec, ...changes });
      const fixed = fixedFields.find(
        (field) => JSON.stringify(spec[field]) !== JSON.stringify(run.spec[field]),
      );
      if (fixed !== undefined)
        throw new ModaError(
          'SPEC_INVALID',
          `A fork keeps ${fixed} of the run it comes from; submit a new run to change it.`,
          { path: fixed },
        );
      const { experiment, priority, tags } = run;
      return place({ experiment, priority, tags, ...by }, spec, { runId: id, epoch });
    },
  };
}

export function unknownRun(id: string): Problem {
  return problem(
    'RUN_UNKNOWN',
    `There is no run ${JSON.stringify(id.slice(0, 100))}; \`runs\` lists those there are.`,
  );
}

const nameForm = /^[^\p{Cc}]{1,200}$/u;
const maxPriority = 1_000;

/** Names, tags and keys are short texts; undefined is none at all. */
export function checkText(what: string, text: string | undefined): Problem | undefined {
  if (text === undefined || nameForm.test(text)) return undefined;
  return problem(
    'SPEC_INVALID',
    `${what} has to be a text of 1 to 200 characters without control characters; give one.`,
    { details: { path: what } },
  );
}

function checkOrder({
  experiment,
  name,
  priority = 0,
  idempotencyKey,
  tags = [],
}: Order): Problem | undefined {
  const wrong =
    checkText('experiment', experiment) ??
    checkText('name', name) ??
    checkText('idempotencyKey', idempotencyKey) ??
    tags.map((tag) => checkText('tags', tag)).find(Boolean);
  if (wrong) return wrong;
  if (Number.isInteger(priority) && Math.abs(priority) <= maxPriority) return undefined;
  return problem(
    'SPEC_INVALID',
    `priority has to be a whole number from -${maxPriority} to ${maxPriority}, not ${priority}; give one.`,
    { details: { path: 'priority' } },
  );
}

type Given<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

/** The fields that have a value. */
function given<T extends object>(fields: T): Given<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>;
}
