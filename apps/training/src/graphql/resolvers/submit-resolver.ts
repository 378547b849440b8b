import { parseTrainSpec, trainCommandLine, type TrainSpec } from '@moda/contracts';
import type { RequestContext } from '@moda/service-kit';
import { Arg, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { isProblem, orProblem } from '../../problem/problem.js';
import { outcomeOf } from '../outcomes/outcome-of.js';
import { Problem } from '../outcomes/problem.js';
import { accepted, submission } from '../outcomes/submission.js';
import {
  ContinueResult,
  DryRun,
  Estimate,
  EstimateResult,
  SubmitResult,
  Sweep,
  SweepResult,
} from '../outcomes/submissions.js';
import { given } from '../run-criteria.js';
import { JsonObject } from '../scalars.js';
import { SubmitRunInput, SweepInput } from '../submit-input.js';
import type { Training } from '../training.js';

/** How runs come to be. */
@Resolver()
export class SubmitResolver {
  constructor(private readonly training: Pick<Training, 'orders' | 'estimate'>) {}

  @Query(() => EstimateResult, { nullable: true, description: 'What a run of this spec will take.' })
  async estimate(
    @Arg('spec', () => JsonObject) spec: Record<string, unknown>,
  ): Promise<typeof EstimateResult> {
    return this.estimateOf(() => parseTrainSpec(spec));
  }

  @Mutation(() => SubmitResult, { nullable: true })
  async submitRun(
    @Arg('input', () => SubmitRunInput) { spec, dryRun, ...order }: SubmitRunInput,
    @Ctx() { user, traceId }: RequestContext,
  ): Promise<typeof SubmitResult> {
    if (dryRun === true) return this.dryRun(spec);
    const { experiment, ...more } = order;
    return submission(
      await orProblem(() => this.training.orders.submit({ experiment, ...given(more), user, traceId }, spec)),
    );
  }

  @Mutation(() => SweepResult, { nullable: true, description: 'A run for each combination of values.' })
  async sweep(
    @Arg('input', () => SweepInput) { base, grid, ...order }: SweepInput,
    @Ctx() { user, traceId }: RequestContext,
  ): Promise<typeof SweepResult> {
    const { experiment, ...more } = order;
    const outcome = await orProblem(() =>
      this.training.orders.sweep({ experiment, ...given(more), user, traceId }, base, grid),
    );
    if (isProblem(outcome)) return new Problem(outcome);
    return outcomeOf(Sweep, { submissions: outcome.map(accepted) });
  }

  @Mutation(() => ContinueResult, {
    nullable: true,
    description: 'A run that was cancelled or has failed goes on from its last checkpoint, as a new run.',
  })
  async resumeRun(
    @Arg('id', () => ID) id: string,
    @Arg('idempotencyKey', () => String, { nullable: true }) idempotencyKey: string | null | undefined,
    @Ctx() { user, traceId }: RequestContext,
  ): Promise<typeof ContinueResult> {
    const by = { user, traceId, ...given({ idempotencyKey }) };
    return submission(await orProblem(() => this.training.orders.resume(id, by)));
  }

  @Mutation(() => ContinueResult, {
    nullable: true,
    description:
      'A new run from a checkpoint of another. Without changes it goes on exactly as that one; with some it begins with the weights and momentum of the checkpoint, in the epoch behind it. The network, the data set and the classes stay.',
  })
  async forkRun(
    @Arg('id', () => ID) id: string,
    @Arg('epoch', () => Int, { description: 'Of a checkpoint that the run keeps: see `Run.checkpoints`.' })
    epoch: number,
    @Arg('changes', () => JsonObject, { nullable: true }) changes: Record<string, unknown> | null | undefined,
    @Arg('name', () => String, { nullable: true }) name: string | null | undefined,
    @Arg('idempotencyKey', () => String, { nullable: true }) idempotencyKey: string | null | undefined,
    @Ctx() { user, traceId }: RequestContext,
  ): Promise<typeof ContinueResult> {
    const by = { user, traceId, ...given({ name, idempotencyKey }) };
    return submission(await orProblem(() => this.training.orders.fork(id, epoch, changes ?? {}, by)));
  }

  private async dryRun(given: Record<string, unknown>): Promise<DryRun | Problem> {
    const spec = await orProblem(() => parseTrainSpec(given));
    if (isProblem(spec)) return new Problem(spec);
    return outcomeOf(DryRun, {
      spec,
      command: trainCommandLine(spec),
      estimate: await this.estimateOf(() => spec),
    });
  }

  private async estimateOf(spec: () => TrainSpec): Promise<Estimate | Problem> {
    const outcome = await orProblem(() => this.training.estimate(spec()));
    return isProblem(outcome) ? new Problem(outcome) : outcomeOf(Estimate, outcome);
  }
}
