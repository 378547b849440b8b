import { Arg, Args, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { RunConnection, runConnection } from '../connection.js';
import { Experiment } from '../entities/experiment.js';
import { Run } from '../entities/run.js';
import type { Fields } from '../fields.js';
import { pageRequest } from '../page-arguments.js';
import { runCriteria, RunsArguments } from '../run-criteria.js';
import type { Training } from '../training.js';

/** Groups of runs. */
@Resolver(() => Experiment)
export class ExperimentResolver {
  constructor(private readonly training: Pick<Training, 'store'>) {}

  @Query(() => [Experiment], {
    nullable: true,
    description: 'Those with the newest changes first; 1,000 at most.',
  })
  async experiments(): Promise<Experiment[]> {
    return (await this.training.store.experiments()).map((record) => new Experiment(record));
  }

  @Query(() => Experiment, { nullable: true })
  async experiment(
    @Arg('id', () => ID, { description: 'Its name.' }) id: string,
  ): Promise<Experiment | null> {
    return (await this.experiments()).find(({ name }) => name === id) ?? null;
  }

  @FieldResolver(() => RunConnection, { nullable: true })
  async runs(
    @Root() { name }: Experiment,
    @Args(() => RunsArguments) request: RunsArguments,
  ): Promise<Fields<RunConnection>> {
    const criteria = { ...runCriteria(request.criteria), experiment: name };
    const page = await this.training.store.runs(criteria, request.order, pageRequest(request));
    return runConnection(page, (record) => new Run(record));
  }
}
