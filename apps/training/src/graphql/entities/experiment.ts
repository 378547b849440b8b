import { Directive, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { ExperimentRecord } from '../../runs/run-store.js';
import type { Fields } from '../fields.js';
import { RunStateName } from './run-state.js';

@ObjectType({ description: 'How many runs are in a state.' })
export class StateCount {
  @Field(() => RunStateName) state!: string;
  @Field(() => Int) runs!: number;
}

@ObjectType({ description: 'Runs that are compared with one another.' })
@Directive('@key(fields: "id")')
export class Experiment {
  constructor(readonly record: ExperimentRecord) {}

  @Field(() => ID, { description: 'Its name.' })
  get id(): string {
    return this.record.name;
  }

  @Field(() => String)
  get name(): string {
    return this.record.name;
  }

  @Field(() => Int, { description: 'Archived ones too.' })
  get runCount(): number {
    return this.record.runs;
  }

  @Field(() => [StateCount])
  get states(): Fields<StateCount>[] {
    return Object.entries(this.record.states).map(([state, runs]) => ({ state, runs }));
  }

  @Field(() => Date)
  get createdAt(): Date {
    return this.record.createdAt;
  }

  @Field(() => Date, { description: 'When the state of a run changed last.' })
  get changedAt(): Date {
    return this.record.changedAt;
  }

  @Field(() => Float, { nullable: true, description: 'The highest of its runs, 0..1.' })
  get bestAccuracy(): number | undefined {
    return this.record.bestAccuracy;
  }
}
