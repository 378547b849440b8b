import type { RequestContext } from '@moda/service-kit';
import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { isProblem, orProblem, problem } from '../../problem/problem.js';
import { checkText, unknownRun } from '../../submit/orders.js';
import { Run } from '../entities/run.js';
import { outcomeOf } from '../outcomes/outcome-of.js';
import { Problem } from '../outcomes/problem.js';
import { Publication, PublishResult, RunResult } from '../outcomes/submissions.js';
import { checkCount } from '../page-arguments.js';
import { PublishRunInput, UpdateRunInput } from '../submit-input.js';
import type { Training } from '../training.js';

const maxRuns = 1_000;

/** What is done with runs that are there. */
@Resolver()
export class ChangeResolver {
  constructor(private readonly training: Pick<Training, 'store' | 'hub' | 'publishRun' | 'conductor'>) {}

  @Mutation(() => [RunResult], {
    nullable: true,
    description: `Queued runs are cancelled at once, others as soon as their worker is gone. At most ${maxRuns}; a result for each.`,
  })
  async cancelRuns(
    @Arg('ids', () => [ID]) ids: string[],
    @Ctx() { user }: RequestContext,
  ): Promise<(typeof RunResult)[]> {
    checkCount('A list of runs', ids.length, maxRuns);
    const results: (typeof RunResult)[] = [];
    for (const id of ids) results.push(await this.cancel(id, user));
    return results;
  }

  @Mutation(() => RunResult, { nullable: true, description: 'Name, notes, tags, or into the archive.' })
  async updateRun(
    @Arg('input', () => UpdateRunInput) { id, name, notes, tags, archived }: UpdateRunInput,
  ): Promise<typeof RunResult> {
    const wrong = [name, ...(tags ?? [])]
      .map((text) => checkText('A name or tag', text ?? undefined))
      .find(Boolean);
    if (wrong) return new Problem(wrong);
    const run = await this.training.store.annotate(id, {
      ...(name !== undefined && { name }),
      ...(notes !== undefined && { notes: notes?.slice(0, maxNotes) ?? null }),
      ...(tags != null && { tags }),
      ...(archived != null && { archived }),
    });
    this.training.hub.poke(id);
    return run ? new Run(run) : new Problem(unknownRun(id));
  }

  @Mutation(() => PublishResult, {
    nullable: true,
    description: 'Puts the model of a run that has succeeded into the registry, signed by this machine.',
  })
  async publishRun(
    @Arg('input', () => PublishRunInput) { id, ...release }: PublishRunInput,
    @Ctx() { authorization }: RequestContext,
  ): Promise<typeof PublishResult> {
    const run = await this.training.store.run(id);
    if (!run) return new Problem(unknownRun(id));
    const outcome = await orProblem(() => this.training.publishRun(run, release, authorization));
    if (isProblem(outcome)) return new Problem(outcome);
    const { reference, digest, created } = outcome;
    return outcomeOf(Publication, { reference, digest, created });
  }

  private async cancel(id: string, user: string): Promise<typeof RunResult> {
    const outcome = await this.training.conductor.cancel(id, `Cancelled by ${user}.`);
    if (outcome.kind !== 'refused') {
      this.training.hub.poke(id);
      return new Run(outcome.run);
    }
    if (outcome.state === undefined) return new Problem(unknownRun(id));
    return new Problem(
      problem(
        'RUN_STATE_REFUSED',
        `Run ${id} is over: it is ${outcome.state}; there is nothing left to cancel.`,
        { details: { state: outcome.state } },
      ),
    );
  }
}

const maxNotes = 20_000;
