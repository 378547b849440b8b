import { ModaError, parseTrainSpec, sweepSpecs, type TrainSpec } from '@moda/contracts';
import type { RunRecord } from '../runs/run-record.js';
import type { RunStore } from '../runs/run-store.js';
import { type Problem, problem } from '../problem/problem.js';
import { placeRun } from './place-run.js';

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
  /**
   * A new run from a checkpoint of another, with some fields of its spec changed. Without a change it goes on exactly as that one; with one it
   * begins with the checkpoint's weights and momentum, in the epoch behind it.
   */
  fork(
    id: string,
    epoch: number,
    changes: Readonly<Record<string, unknown>>,
    by: Pick<Order, 'user' | 'traceId' | 'idempotencyKey' | 'name'>,
  ): Promise<Submitted | Problem>;
}

export interface OrderOptions {
  readonly store: Pick<RunStore, 'submit' | 'run' | 'events'>;
  /** Epochs of the checkpoints that a run keeps for others, ascending. */
  readonly keptEpochs: (id: string) => Promise<readonly number[]>;
  /** There is something to do. */
  readonly wake: () => void;
}

/** Checkpoints that are looked at: one an epoch, and no run has more epochs. */
const maxCheckpoints = 10_000;
/** Fields that decide the shape of the network or what its weights mean; a checkpoint does not fit another value. */
const fixedFields = ['arch', 'dataset', 'classes', 'init', 'initLayout'] as const;

export function takeOrders({ keptEpochs, store, wake }: OrderOptions): Orders {
  const place = (order: Order, spec: TrainSpec, more: Parameters<typeof placeRun>[3] = {}) =>
    placeRun({ store, wake }, order, spec, more);
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
      const { experiment, name, priority, tags, notes, spec, task } = run;
      // One that was stopped before its first checkpoint begins where it began.
      const parent = epoch === undefined ? run.parent : { runId: id, epoch };
      return place({ experiment, name, priority, tags, notes, ...by }, spec, { parent, task });
    },
    async fork(id, epoch, changes, by) {
      const run = await store.run(id);
      if (run === undefined) return unknownRun(id);
      if (run.task.kind !== 'train')
        return problem(
          'RUN_STATE_REFUSED',
          `Run ${id} trains nothing, so it has no checkpoints; fork the run that its model came of.`,
          { details: { task: run.task } },
        );
      const epochs = await keptEpochs(id);
      if (!epochs.includes(epoch))
        return problem(
          'CHECKPOINT_UNKNOWN',
          epochs.length === 0
            ? `Run ${id} has no checkpoint; submit a run with its spec instead.`
            : `Run ${id} does not keep its checkpoint of epoch ${epoch}; fork it from epoch ${listed(epochs)}.`,
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
      if (spec.epochs <= epoch)
        throw new ModaError(
          'SPEC_INVALID',
          `epochs is ${spec.epochs}, and the checkpoint has ${epoch} behind it already; give more.`,
          { path: 'epochs' },
        );
      const { experiment, priority, tags } = run;
      return place({ experiment, priority, tags, ...by }, spec, { parent: { runId: id, epoch } });
    },
  };
}

/** `1, 2 or 3`. */
function listed(numbers: readonly number[]): string {
  const last = numbers.at(-1) ?? '';
  return numbers.length < 2 ? String(last) : `${numbers.slice(0, -1).join(', ')} or ${last}`;
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
