import { createUnionType, Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Problem } from './problem.js';

export enum VerdictKind {
  exact = 'exact',
  calibrated = 'calibrated',
  impossible = 'impossible',
}

registerEnumType(VerdictKind, {
  name: 'VerdictKind',
  description: 'Whether two models go together: exactly, after calibration on images, or not at all.',
});

@ObjectType({ description: 'Whether two models go together, before any byte moves.' })
export class Verdict {
  @Field(() => VerdictKind) kind!: string;
  @Field(() => String, { description: 'One sentence.' }) reason!: string;
  @Field(() => [String], { description: 'What differs: input, labels, normalisation, rates.' })
  differs!: readonly string[];
  @Field(() => String, { nullable: true, description: 'Reference of the nearest alternative that would do.' })
  nearest!: string | undefined;
}

@ObjectType({ description: 'How a class of a weak model is replaced by the module of a strong one.' })
export class ReplacementPlan {
  @Field(() => Verdict) verdict!: Verdict;
  @Field(() => Int, { description: 'Output position of the class in the weak model.' }) weakClass!: number;
  @Field(() => Int, { description: 'Output position of the class in the strong model.' })
  strongClass!: number;
  @Field(() => [String], { description: 'What to do, step by step; empty where it is impossible.' })
  steps!: readonly string[];
}

export const CompatibilityResult = createUnionType({
  name: 'CompatibilityResult',
  types: () => [Verdict, Problem] as const,
});

export const ReplaceResult = createUnionType({
  name: 'ReplaceResult',
  types: () => [ReplacementPlan, Problem] as const,
});
