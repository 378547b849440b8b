import { Directive, Field, ID, ObjectType } from 'type-graphql';

@ObjectType({
  description: 'The training run that a version came from; another service knows the rest of it.',
})
@Directive('@key(fields: "id")')
export class Run {
  @Field(() => ID)
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}
