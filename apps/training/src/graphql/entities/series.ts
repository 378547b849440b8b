import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { SafeInt } from '../scalars.js';

@ObjectType()
export class SeriesPoint {
  @Field(() => SafeInt) step!: number;
  @Field(() => Float, { nullable: true, description: 'Null where it is not finite.' }) value!: number | null;
}

@ObjectType({ description: 'One metric of one run, to be drawn.' })
export class Series {
  @Field(() => ID) runId!: string;
  @Field(() => String) name!: string;
  @Field(() => Int, { description: 'How many points there are in all.' }) total!: number;
  @Field(() => [SeriesPoint], {
    description: 'Stored ones, by step, among them the lowest and the highest of every stretch.',
  })
  points!: SeriesPoint[];
}
