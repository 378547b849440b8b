import { taskCommandLine, trainCommandLine } from '@moda/contracts';
import { Directive, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { RunRecord } from '../../runs/run-record.js';
import type { Fields } from '../fields.js';
import { JsonObject, SafeInt } from '../scalars.js';
import { RunStateName } from './run-state.js';

@ObjectType({ description: 'How far a run is.' })
export class Progress {
  @Field(() => SafeInt) done!: number;
  @Field(() => SafeInt, { description: '0 where it is not known yet.' }) total!: number;
  @Field(() => String, { description: 'What is counted: `step`, `epoch`, `images`.' }) unit!: string;
}

@ObjectType({ description: 'What a run that succeeded came to.' })
export class RunOutcome {
  @Field(() => Float, { nullable: true, description: 'On the test images, 0..1.' }) accuracy?: number;
  @Field(() => Float, {
    nullable: true,
    description:
      'Mean over the test images. Null of runs of earlier versions, and of networks for some classes.',
  })
  crossEntropy?: number;
  @Field(() => SafeInt, { nullable: true }) parameters?: number;
  @Field(() => Float, { nullable: true }) seconds?: number;
}

@ObjectType({ description: 'Why a run failed.' })
export class RunError {
  @Field(() => String, { description: 'Stable, for programs.' }) code!: string;
  @Field(() => String) message!: string;
}

@ObjectType({
  description:
    'The training of one network, or a task that makes something new of trained ones: what was asked for, what happened, what came of it.',
})
@Directive('@key(fields: "id")')
export class Run {
  constructor(readonly record: RunRecord) {}

  @Field(() => ID)
  get id(): string {
    return this.record.id;
  }

  @Field(() => String, { nullable: true })
  get name(): string | undefined {
    return this.record.name;
  }

  @Field(() => String, { description: 'Who submitted it.' })
  get user(): string {
    return this.record.user;
  }

  @Field(() => RunStateName)
  get state(): string {
    return this.record.state;
  }

  @Field(() => String, { description: 'Why it is in this state, in words.' })
  get reason(): string {
    return this.record.reason;
  }

  @Field(() => Date, { description: 'When it came into this state.' })
  get since(): Date {
    return this.record.since;
  }

  @Field(() => JsonObject, {
    description:
      'What is trained, complete: the fields of `moda train`. Of another task: the training that its model came of.',
  })
  get spec(): object {
    return this.record.spec;
  }

  @Field(() => JsonObject, {
    description:
      'What the run does: `kind` is train, decompose, compose, replace or sweepTau; the other fields are what that one takes.',
  })
  get task(): object {
    return this.record.task;
  }

  @Field(() => String, { description: 'What it does, as a command line.' })
  get command(): string {
    const { task, spec } = this.record;
    return task.kind === 'train' ? trainCommandLine(spec) : taskCommandLine(task);
  }

  @Field(() => Int, { description: 'The higher, the sooner.' })
  get priority(): number {
    return this.record.priority;
  }

  @Field(() => Int, { description: 'How often a worker took it up.' })
  get attempt(): number {
    return this.record.attempt;
  }

  @Field(() => Progress)
  get progress(): Fields<Progress> {
    return this.record.progress;
  }

  @Field(() => String, { nullable: true, description: 'What it computes on, in words.' })
  get device(): string | undefined {
    return this.record.device;
  }

  @Field(() => Date)
  get createdAt(): Date {
    return this.record.createdAt;
  }

  @Field(() => Date, { nullable: true })
  get startedAt(): Date | undefined {
    return this.record.startedAt;
  }

  @Field(() => Date, { nullable: true })
  get endedAt(): Date | undefined {
    return this.record.endedAt;
  }

  @Field(() => Date, { nullable: true, description: 'Last sign of life of its worker.' })
  get heartbeatAt(): Date | undefined {
    return this.record.heartbeatAt;
  }

  @Field(() => Date, {
    nullable: true,
    description: 'Since when it is to be cancelled; the state follows when its worker is gone.',
  })
  get cancelRequestedAt(): Date | undefined {
    return this.record.cancelRequestedAt;
  }

  @Field(() => Int, {
    nullable: true,
    description: 'Epoch of the checkpoint of `parent` that it began with.',
  })
  get parentEpoch(): number | undefined {
    return this.record.parent?.epoch;
  }

  @Field(() => RunOutcome, { nullable: true })
  get outcome(): Fields<RunOutcome> | undefined {
    return this.record.outcome;
  }

  @Field(() => RunError, { nullable: true })
  get error(): Fields<RunError> | undefined {
    return this.record.error;
  }

  @Field(() => [String], { description: 'Of all metrics it has reported so far.' })
  get metricNames(): readonly string[] {
    return this.record.metricNames;
  }

  @Field(() => SafeInt, { description: 'Of its last event: what `after` takes to hear of nothing older.' })
  get lastSequence(): number {
    return this.record.lastSequence;
  }

  @Field(() => String, { nullable: true })
  get notes(): string | undefined {
    return this.record.notes;
  }

  @Field(() => [String])
  get tags(): readonly string[] {
    return this.record.tags;
  }

  @Field(() => Boolean)
  get archived(): boolean {
    return this.record.archived;
  }

  @Field(() => String, { description: 'Leads to everything that was logged for it.' })
  get traceId(): string {
    return this.record.traceId;
  }
}
