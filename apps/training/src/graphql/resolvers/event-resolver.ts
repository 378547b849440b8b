import { Arg, ID, Int, Query, Resolver, Root, Subscription } from 'type-graphql';
import type { EventKind, RunEvent as RunEventRecord } from '../../runs/run-event.js';
import type { RunRecord } from '../../runs/run-record.js';
import { EventKindName, RunEvent, RunEventPage } from '../entities/run-event.js';
import { Run } from '../entities/run.js';
import type { Fields } from '../fields.js';
import { checkCount } from '../page-arguments.js';
import { SafeInt } from '../scalars.js';
import type { Training } from '../training.js';

const maxEvents = 1_000;

/** What happens to runs: read in stretches, or told while it happens; both are the same events. */
@Resolver()
export class EventResolver {
  constructor(private readonly training: Pick<Training, 'store'>) {}

  @Query(() => RunEventPage, { nullable: true, description: 'What the subscription tells, in stretches.' })
  async runEvents(
    @Arg('id', () => ID) id: string,
    @Arg('after', () => SafeInt, {
      defaultValue: 0,
      description: 'Sequence of the last event that is known.',
    })
    after: number,
    @Arg('first', () => Int, { defaultValue: 100, description: `1 to ${maxEvents}.` }) first: number,
    @Arg('kinds', () => [EventKindName], { nullable: true, description: 'Only these.' })
    kinds?: EventKind[] | null,
  ): Promise<Fields<RunEventPage>> {
    checkCount('A stretch of events', first, maxEvents);
    const found = await this.training.store.events(id, after, first + 1, kinds ?? undefined);
    const events = found.slice(0, first);
    return {
      events: events.map((event) => new RunEvent(event)),
      endSequence: events.at(-1)?.sequence ?? after,
      hasMore: found.length > first,
    };
  }

  @Subscription(() => RunEvent, {
    name: 'runEvents',
    nullable: true,
    subscribe: attachedLater,
    description:
      'Every event of a run after a sequence number, each once and in order, until the run is over. Who is cut off subscribes again after the last one.',
  })
  tellEvent(
    @Root() event: RunEventRecord,
    @Arg('id', () => ID) _id: string,
    @Arg('after', () => SafeInt, {
      defaultValue: 0,
      description: 'Sequence of the last event that is known.',
    })
    _after: number,
  ): RunEvent {
    return new RunEvent(event);
  }

  @Subscription(() => Run, {
    name: 'progress',
    nullable: true,
    subscribe: attachedLater,
    description:
      'These runs as they are, and again whenever one has changed; changes that follow fast are told once. At most 100.',
  })
  tellProgress(@Root() record: RunRecord, @Arg('ids', () => [ID]) _ids: string[]): Run {
    return new Run(record);
  }
}

/** Decorators know no instance: the schema gets its sources once it is built. */
function attachedLater(): never {
  throw new Error('This schema has no sources of events.');
}
