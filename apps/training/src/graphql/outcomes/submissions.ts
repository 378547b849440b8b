import { createUnionType, Field, Float, ObjectType } from 'type-graphql';
import { Run } from '../entities/run.js';
import { JsonObject, SafeInt } from '../scalars.js';
import { Problem } from './problem.js';

@ObjectType({ description: 'A run that is there now.' })
export class Submission {
  @Field(() => Run) run!: Run;
  @Field(() => Boolean, { description: 'False where it was there before, by the same idempotency key.' })
  created!: boolean;
}

@ObjectType({ description: 'What a run will take, from the first steps of the same network.' })
export class Estimate {
  @Field(() => Float) seconds!: number;
  @Field(() => SafeInt) steps!: number;
  @Field(() => SafeInt, { description: 'Of memory, at the most.' }) peakBytes!: number;
  @Field(() => String, { description: 'What it was measured on, in words.' }) device!: string;
}

export const EstimateResult = createUnionType({
  name: 'EstimateResult',
  types: () => [Estimate, Problem] as const,
});

@ObjectType({ description: 'A run that could be submitted as it is; nothing was stored.' })
export class DryRun {
  @Field(() => JsonObject, { description: 'The spec with its defaults.' }) spec!: object;
  @Field(() => String, { description: 'The same as a command line.' }) command!: string;
  @Field(() => EstimateResult) estimate!: typeof EstimateResult;
}

@ObjectType({ description: 'The runs of a sweep.' })
export class Sweep {
  @Field(() => [Submission]) submissions!: Submission[];
}

@ObjectType({ description: 'A model that is in the registry now.' })
export class Publication {
  @Field(() => String, { description: '`owner/model@version`.' }) reference!: string;
  @Field(() => String) digest!: string;
  @Field(() => Boolean, { description: 'False where this very package was released before.' })
  created!: boolean;
}

export const SubmitResult = createUnionType({
  name: 'SubmitResult',
  types: () => [Submission, DryRun, Problem] as const,
});
export const ContinueResult = createUnionType({
  name: 'ContinueResult',
  types: () => [Submission, Problem] as const,
});
export const SweepResult = createUnionType({ name: 'SweepResult', types: () => [Sweep, Problem] as const });
export const RunResult = createUnionType({ name: 'RunResult', types: () => [Run, Problem] as const });
export const PublishResult = createUnionType({
  name: 'PublishResult',
  types: () => [Publication, Problem] as const,
});
