import { parseRunTask, type RunTask } from '@moda/contracts';
import { isProblem, type Problem, problem } from '../problem/problem.js';
import type { RunStore } from '../runs/run-store.js';
import { checkText, type Order, type Submitted } from '../submit/orders.js';
import { placeRun } from '../submit/place-run.js';
import { checkTask } from './check-task.js';
import { readSourceModel } from './source-model.js';

export type TaskOrder = Pick<Order, 'user' | 'traceId' | 'name' | 'idempotencyKey'>;

/** Takes orders for runs that make something new of what others have trained. */
export interface TaskOrders {
  /**
   * A run of this task, in the experiment of the run it is made of; a problem where it cannot be done.
   *
   * @throws ModaError SPEC_INVALID
   */
  submit(order: TaskOrder, task: unknown): Promise<Submitted | Problem>;
}

export interface TaskOrderOptions {
  readonly store: Pick<RunStore, 'submit' | 'run'>;
  /** The model folder of a run, with its model where that can be had. */
  readonly modelOf: (id: string) => string | Promise<string>;
  /** There is something to do. */
  readonly wake: () => void;
}

export function takeTaskOrders({ store, modelOf, wake }: TaskOrderOptions): TaskOrders {
  const sources = {
    async find(id: string) {
      const run = await store.run(id);
      const model = run?.state === 'succeeded' ? await readSourceModel(await modelOf(run.id)) : undefined;
      return { run, model };
    },
  };
  return {
    async submit(order, asked) {
      const wrong = checkText('name', order.name) ?? checkText('idempotencyKey', order.idempotencyKey);
      if (wrong) return wrong;
      const task = parseRunTask(asked);
      if (task.kind === 'train')
        return problem('SPEC_INVALID', 'A training is submitted with its spec; use submitRun.', {
          details: { path: 'kind' },
        });
      const found = await checkTask(task, sources);
      if (isProblem(found)) return found;
      const [{ run }] = found;
      return placeRun({ store, wake }, { ...order, experiment: run.experiment }, run.spec, {
        task: task satisfies RunTask,
      });
    },
  };
}
