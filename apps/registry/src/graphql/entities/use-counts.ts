import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'How often somebody got the weights, whole; once for each client and day.' })
export class UseCounts {
  @Field(() => Int) total!: number;
  @Field(() => Int) last30Days!: number;
}
