import type { RunTaskInput } from '@moda/contracts';
import type { RequestContext } from '@moda/service-kit';
import { Arg, Ctx, Float, ID, Int, Mutation, Resolver } from 'type-graphql';
import { orProblem } from '../../problem/problem.js';
import type { TaskOrder } from '../../tasks/task-orders.js';
import { submission } from '../outcomes/submission.js';
import { ContinueResult } from '../outcomes/submissions.js';
import { given } from '../run-criteria.js';
import { ReplaceClassInput } from '../task-input.js';
import type { Training } from '../training.js';

const tauDescription =
  'Share of the samples of a class for which a unit has to be active to be kept, 0..1; 0.9 if left out.';

/** Runs that make something new of what others have trained. */
@Resolver()
export class TaskResolver {
  constructor(private readonly training: Pick<Training, 'tasks'>) {}

  @Mutation(() => ContinueResult, {
    nullable: true,
    description: 'Finds the module of every class in the model of a run that has succeeded, as a new run.',
  })
  async decomposeRun(
    @Arg('id', () => ID) run: string,
    @Arg('tau', () => Float, { nullable: true, description: tauDescription }) tau: number | null | undefined,
    @Arg('name', () => String, { nullable: true }) name: string | null | undefined,
    @Arg('idempotencyKey', () => String, { nullable: true }) idempotencyKey: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<typeof ContinueResult> {
    return this.submit(context, { kind: 'decompose', run, ...given({ tau }) }, { name, idempotencyKey });
  }

  @Mutation(() => ContinueResult, {
    nullable: true,
    description:
      'Makes a smaller network for some classes of the model of a run that has succeeded, as a new run.',
  })
  async composeRun(
    @Arg('id', () => ID) run: string,
    @Arg('classes', () => [String], { description: 'By name or number; one gives the module of that class.' })
    classes: string[],
    @Arg('tau', () => Float, { nullable: true, description: tauDescription }) tau: number | null | undefined,
    @Arg('name', () => String, { nullable: true }) name: string | null | undefined,
    @Arg('idempotencyKey', () => String, { nullable: true }) idempotencyKey: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<typeof ContinueResult> {
    const task = { kind: 'compose', run, classes, ...given({ tau }) } as const;
    return this.submit(context, task, { name, idempotencyKey });
  }

  @Mutation(() => ContinueResult, {
    nullable: true,
    description:
      'Measures size, FLOPs, overlap and reuse accuracy of the modules of a run that has succeeded at several thresholds, as a new run.',
  })
  async sweepTau(
    @Arg('id', () => ID) run: string,
    @Arg('taus', () => [Float], {
      nullable: true,
      description: 'The thresholds, each 0..1; 0.1, 0.3, 0.5, 0.7, 0.8, 0.9 and 0.95 if left out.',
    })
    taus: number[] | null | undefined,
    @Arg('subtasksPerSize', () => Int, {
      nullable: true,
      description: 'Sub-tasks drawn of every number of classes from two up; 3 if left out.',
    })
    subtasksPerSize: number | null | undefined,
    @Arg('name', () => String, { nullable: true }) name: string | null | undefined,
    @Arg('idempotencyKey', () => String, { nullable: true }) idempotencyKey: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<typeof ContinueResult> {
    const task = { kind: 'sweepTau', run, ...given({ taus, subtasksPerSize }) } as const;
    return this.submit(context, task, { name, idempotencyKey });
  }

  @Mutation(() => ContinueResult, {
    nullable: true,
    description: 'Repairs one class of a weak model with a module of a strong one, as a new run.',
  })
  async replaceClass(
    @Arg('input', () => ReplaceClassInput) { name, idempotencyKey, ...fields }: ReplaceClassInput,
    @Ctx() context: RequestContext,
  ): Promise<typeof ContinueResult> {
    const { weak, strong, class: target, ...more } = fields;
    const task = { kind: 'replace', weak, strong, class: target, ...given(more) };
    return this.submit(context, task as RunTaskInput, { name, idempotencyKey });
  }

  private async submit(
    { user, traceId }: RequestContext,
    task: RunTaskInput,
    names: { readonly [Name in 'name' | 'idempotencyKey']: string | null | undefined },
  ): Promise<typeof ContinueResult> {
    const order: TaskOrder = { user, traceId, ...given(names) };
    return submission(await orProblem(() => this.training.tasks.submit(order, task)));
  }
}
