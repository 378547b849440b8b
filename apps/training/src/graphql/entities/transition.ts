import { Field, ObjectType } from 'type-graphql';
import { RunStateName } from './run-state.js';

@ObjectType({ description: 'A change of state, and why.' })
export class Transition {
  @Field(() => RunStateName, { nullable: true, description: 'Null for the first.' }) from!:
    string | undefined;
  @Field(() => RunStateName) to!: string;
  @Field(() => String) reason!: string;
  @Field(() => Date) at!: Date;
}
