import { createUnionType, Field, Float, Int, ObjectType } from 'type-graphql';
import type { Fields } from '../fields.js';
import { SafeInt } from '../scalars.js';
import { Problem } from './problem.js';

@ObjectType({ description: 'Another class, and how much of its own it has in common with a candidate.' })
export class NearestClass {
  @Field(() => Int) class!: number;
  @Field(() => Float, { description: '0..1.' }) shared!: number;
}

@ObjectType({ description: 'What one more class would add.' })
export class MarginalPrice {
  @Field(() => Int) class!: number;
  @Field(() => SafeInt) parameters!: number;
  @Field(() => SafeInt) flops!: number;
  @Field(() => SafeInt) weightsBytes!: number;
  @Field(() => Float, { description: "Share of that class's own parameters that the set has already, 0..1." })
  sharedWithCart!: number;
  @Field(() => NearestClass, {
    nullable: true,
    description: 'The class of the set that it shares most with.',
  })
  nearest?: Fields<NearestClass> | undefined;
}

@ObjectType({ description: 'What a set of classes weighs at a threshold.' })
export class Price {
  @Field(() => SafeInt) parameters!: number;
  @Field(() => Float, { description: 'Parameters as a share of the whole model, 0..1.' }) share!: number;
  @Field(() => SafeInt, { description: 'Multiply-adds for one image.' }) flops!: number;
  @Field(() => Float) flopsShare!: number;
  @Field(() => SafeInt, { description: 'Size of the weights file.' }) weightsBytes!: number;
  @Field(() => [MarginalPrice]) marginal!: readonly Fields<MarginalPrice>[];
}

export const PriceResult = createUnionType({ name: 'PriceResult', types: () => [Price, Problem] as const });
