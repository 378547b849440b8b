import { Field, ID, InputType, Int } from 'type-graphql';
import { JsonObject } from './scalars.js';

@InputType()
export class SubmitRunInput {
  @Field(() => String, { description: 'Name of the group of runs that it is compared with.' })
  experiment!: string;
  @Field(() => String, { nullable: true }) name?: string | null;
  @Field(() => JsonObject, { description: 'The fields of `moda train`: arch, dataset, method, epochs, …' })
  spec!: Record<string, unknown>;
  @Field(() => Int, { nullable: true, description: 'The higher, the sooner; 0 if left out.' })
  priority?: number | null;
  @Field(() => String, {
    nullable: true,
    description: 'A request that is sent again with the same key finds the run of the first one.',
  })
  idempotencyKey?: string | null;
  @Field(() => [String], { nullable: true }) tags?: string[] | null;
  @Field(() => String, { nullable: true }) notes?: string | null;
  @Field(() => Boolean, { defaultValue: false, description: 'Check and estimate only; nothing is stored.' })
  dryRun?: boolean;
}

@InputType()
export class SweepInput {
  @Field(() => String) experiment!: string;
  @Field(() => JsonObject, { description: 'The spec that they have in common.' })
  base!: Record<string, unknown>;
  @Field(() => JsonObject, {
    description:
      'Lists of values for arch, learningRate, alpha, beta, gamma, seed: a run for each combination.',
  })
  grid!: Record<string, unknown>;
  @Field(() => Int, { nullable: true }) priority?: number | null;
  @Field(() => String, { nullable: true }) idempotencyKey?: string | null;
  @Field(() => [String], { nullable: true }) tags?: string[] | null;
}

@InputType({ description: 'What is left out stays; null takes a text away.' })
export class UpdateRunInput {
  @Field(() => ID) id!: string;
  @Field(() => String, { nullable: true }) name?: string | null;
  @Field(() => String, { nullable: true }) notes?: string | null;
  @Field(() => [String], { nullable: true }) tags?: string[] | null;
  @Field(() => Boolean, { nullable: true }) archived?: boolean | null;
}

@InputType()
export class PublishRunInput {
  @Field(() => ID) id!: string;
  @Field(() => String) owner!: string;
  @Field(() => String) model!: string;
  @Field(() => String, { description: 'Semantic version.' }) version!: string;
  @Field(() => String, { description: 'SPDX identifier.' }) license!: string;
}
