import { Arg, Args, FieldResolver, Float, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { RunConnection, runConnection } from '../connection.js';
import { Experiment } from '../entities/experiment.js';
import { CheckpointWritten } from '../entities/run-event.js';
import { Run } from '../entities/run.js';
import { Series } from '../entities/series.js';
import { Transition } from '../entities/transition.js';
import type { Fields } from '../fields.js';
import { whyItWaits } from '../../submit/why-it-waits.js';
import { maxKept } from '../../worker/kept-checkpoints.js';
import { outcomeOf } from '../outcomes/outcome-of.js';
import { PageArguments, pageRequest } from '../page-arguments.js';
import { runCriteria, RunsArguments } from '../run-criteria.js';
import { readSeries, SeriesArguments } from '../series-arguments.js';
import type { Training } from '../training.js';

const maxCheckpoints = 10_000;

/** Runs, and what is known of each. */
@Resolver(() => Run)
export class RunResolver {
  constructor(private readonly training: Pick<Training, 'store' | 'keptEpochs' | 'limits'>) {}

  @Query(() => Run, { nullable: true })
  async run(@Arg('id', () => ID) id: string): Promise<Run | null> {
    const record = await this.training.store.run(id);
    return record ? new Run(record) : null;
  }

  @Query(() => RunConnection, { nullable: true })
  async runs(@Args(() => RunsArguments) request: RunsArguments): Promise<Fields<RunConnection>> {
    const { criteria, order } = request;
    const page = await this.training.store.runs(runCriteria(criteria), order, pageRequest(request));
    return runConnection(page, (record) => new Run(record));
  }

  @Query(() => [Series], { nullable: true, description: 'Metrics of runs, to be drawn beside one another.' })
  async series(
    @Arg('runIds', () => [ID], { description: 'At most 100.' }) runIds: string[],
    @Args(() => SeriesArguments) request: SeriesArguments,
  ): Promise<Fields<Series>[]> {
    return readSeries(this.training.store, runIds, request);
  }

  @FieldResolver(() => [Series], { name: 'series', nullable: true, description: 'Its metrics, to be drawn.' })
  async seriesOfRun(
    @Root() { id }: Run,
    @Args(() => SeriesArguments) request: SeriesArguments,
  ): Promise<Fields<Series>[]> {
    return readSeries(this.training.store, [id], request);
  }

  @FieldResolver(() => Experiment, { nullable: true })
  async experiment(@Root() { record }: Run): Promise<Experiment | null> {
    const experiments = await this.training.store.experiments();
    const found = experiments.find(({ name }) => name === record.experiment);
    return found ? new Experiment(found) : null;
  }

  @FieldResolver(() => String, { description: 'Name of the experiment that it belongs to.' })
  experimentName(@Root() { record }: Run): string {
    return record.experiment;
  }

  @FieldResolver(() => Run, { nullable: true, description: 'The run that it was forked from.' })
  async parent(@Root() { record }: Run): Promise<Run | null> {
    return record.parent ? this.run(record.parent.runId) : null;
  }

  @FieldResolver(() => RunConnection, { nullable: true, description: 'Those forked from it.' })
  async forks(
    @Root() { id }: Run,
    @Args(() => PageArguments) request: PageArguments,
  ): Promise<Fields<RunConnection>> {
    const criteria = { parentId: id, archived: 'any' } as const;
    const page = await this.training.store.runs(criteria, 'newest', pageRequest(request));
    return runConnection(page, (record) => new Run(record));
  }

  @FieldResolver(() => [Transition], { nullable: true, description: 'Every state it was in.' })
  async transitions(@Root() { id }: Run): Promise<Fields<Transition>[]> {
    return [...(await this.training.store.transitions(id))];
  }

  @FieldResolver(() => [CheckpointWritten], {
    nullable: true,
    description: `What it can be forked from: each checkpoint that it wrote, one an epoch; of more than ${maxKept} it keeps so many, spread evenly, and the newest.`,
  })
  async checkpoints(@Root() { id }: Run): Promise<CheckpointWritten[]> {
    const [kept, events] = await Promise.all([
      this.training.keptEpochs(id),
      this.training.store.events(id, 0, maxCheckpoints, ['checkpoint']),
    ]);
    const written = events.flatMap(({ body }) => (body.kind === 'checkpoint' ? [body] : []));
    return kept.flatMap((epoch) => {
      // A later one of the same epoch was written when the run was stopped behind it.
      const first = written.find((checkpoint) => checkpoint.epoch === epoch);
      return first ? [outcomeOf(CheckpointWritten, first)] : [];
    });
  }

  @FieldResolver(() => Float, { description: 'How far it is, 0..1; 0 where that is not known yet.' })
  progressShare(@Root() { record: { progress } }: Run): number {
    return progress.total === 0 ? 0 : Math.min(1, progress.done / progress.total);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Why it is still in the queue, in words; null where it does not wait.',
  })
  async waitReason(@Root() run: Run): Promise<string | null> {
    const ahead = await this.queuePosition(run);
    if (ahead === null) return null;
    const { limits, store } = this.training;
    if (limits === undefined) return run.record.reason;
    return whyItWaits(run.record, { ahead, limits, live: await store.live() });
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'How many are started before it; null where it does not wait.',
  })
  async queuePosition(@Root() { record }: Run): Promise<number | null> {
    if (record.state !== 'queued') return null;
    const page = await this.training.store.runs({ states: ['queued'], archived: 'any' }, 'queue', {
      first: maxQueueShown,
    });
    const place = page.items.findIndex(({ item }) => item.id === record.id);
    return place < 0 ? maxQueueShown : place;
  }
}

/** Further behind nobody counts. */
const maxQueueShown = 100;
