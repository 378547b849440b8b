import { createUnionType, Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { EventBody, EventKind, RunEvent as RunEventRecord } from '../../runs/run-event.js';
import type { Fields } from '../fields.js';
import { outcomeOf } from '../outcomes/outcome-of.js';
import { SafeInt } from '../scalars.js';
import { RunStateName } from './run-state.js';

export const EventKindName: { [Kind in EventKind]: Kind } = {
  state: 'state',
  metric: 'metric',
  log: 'log',
  checkpoint: 'checkpoint',
  artifact: 'artifact',
  progress: 'progress',
};
registerEnumType(EventKindName, { name: 'RunEventKind' });

export enum LogLevel {
  info = 'info',
  warning = 'warning',
  error = 'error',
}
registerEnumType(LogLevel, { name: 'LogLevel' });

@ObjectType({ description: 'The run has another state.' })
export class StateChange {
  @Field(() => RunStateName, { nullable: true, description: 'Null for the first.' }) from?: string;
  @Field(() => RunStateName) to!: string;
  @Field(() => String) reason!: string;
}

@ObjectType()
export class MetricValue {
  @Field(() => String) name!: string;
  @Field(() => Float, { nullable: true, description: 'Null where it is not finite.' }) value!: number | null;
}

@ObjectType({ description: 'Metrics of one step.' })
export class MetricPoint {
  @Field(() => SafeInt) step!: number;
  @Field(() => Int, { nullable: true }) epoch?: number;
  @Field(() => [MetricValue]) values!: Fields<MetricValue>[];
}

@ObjectType({ description: 'A line that a worker wrote.' })
export class LogLine {
  @Field(() => LogLevel) level!: string;
  @Field(() => Int, { description: 'Which attempt wrote it.' }) attempt!: number;
  @Field(() => Int) line!: number;
  @Field(() => String) text!: string;
}

@ObjectType({
  description: 'A checkpoint is written; `Run.checkpoints` says which a run can be forked from by now.',
})
export class CheckpointWritten {
  @Field(() => Int) epoch!: number;
  @Field(() => SafeInt) step!: number;
  @Field(() => String, { nullable: true }) digest?: string;
}

@ObjectType({ description: 'A file that came of the run.' })
export class ArtifactWritten {
  @Field(() => String) name!: string;
  @Field(() => String, { nullable: true }) digest?: string;
  @Field(() => SafeInt) sizeBytes!: number;
}

@ObjectType({ description: 'The run got on.' })
export class ProgressMade {
  @Field(() => SafeInt) done!: number;
  @Field(() => SafeInt) total!: number;
  @Field(() => String, { nullable: true, description: 'What is counted; null where it is as before.' })
  unit?: string;
}

export const RunEventBody = createUnionType({
  name: 'RunEventBody',
  types: () => [StateChange, MetricPoint, LogLine, CheckpointWritten, ArtifactWritten, ProgressMade] as const,
});

@ObjectType({ description: 'Something that happened to a run.' })
export class RunEvent {
  constructor(private readonly event: RunEventRecord) {}

  @Field(() => ID)
  get runId(): string {
    return this.event.runId;
  }

  @Field(() => SafeInt, { description: '1, 2, 3 … of its run: what `after` takes to go on behind it.' })
  get sequence(): number {
    return this.event.sequence;
  }

  @Field(() => Date)
  get at(): Date {
    return this.event.at;
  }

  @Field(() => EventKindName)
  get kind(): string {
    return this.event.body.kind;
  }

  @Field(() => RunEventBody)
  get body(): typeof RunEventBody {
    return bodyOf(this.event.body);
  }
}

function bodyOf(body: EventBody): typeof RunEventBody {
  switch (body.kind) {
    case 'state':
      return outcomeOf(StateChange, body);
    case 'metric':
      return outcomeOf(MetricPoint, { ...body, values: valuesOf(body.values) });
    case 'log':
      return outcomeOf(LogLine, body);
    case 'checkpoint':
      return outcomeOf(CheckpointWritten, body);
    case 'artifact':
      return outcomeOf(ArtifactWritten, body);
    case 'progress':
      return outcomeOf(ProgressMade, body);
  }
}

function valuesOf(values: Readonly<Record<string, number>>): Fields<MetricValue>[] {
  return Object.entries(values).map(([name, value]) => ({ name, value: finite(value) }));
}

/** JSON has no NaN and no infinity. */
export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

@ObjectType({ description: 'A stretch of the events of a run.' })
export class RunEventPage {
  @Field(() => [RunEvent]) events!: RunEvent[];
  @Field(() => SafeInt, { description: 'What `after` takes to go on behind them.' }) endSequence!: number;
  @Field(() => Boolean, { description: 'There are more already.' }) hasMore!: boolean;
}
