import { Field, ObjectType } from 'type-graphql';
import type { AliasRecord } from '../../catalogue/catalogue.js';

@ObjectType({ description: 'A movable name of a version.' })
export class Alias {
  constructor(readonly record: AliasRecord) {}

  @Field(() => String)
  get alias(): string {
    return this.record.alias;
  }

  @Field(() => String, { description: 'What it names now.' })
  get version(): string {
    return this.record.version;
  }

  @Field(() => Date)
  get movedAt(): Date {
    return this.record.movedAt;
  }
}

@ObjectType({ description: 'One move of an alias.' })
export class AliasMove {
  @Field(() => String) alias!: string;
  @Field(() => String, { nullable: true, description: 'Null for the first.' }) from!: string | undefined;
  @Field(() => String, { nullable: true, description: 'Null where the alias went.' }) to!: string | undefined;
  @Field(() => String) by!: string;
  @Field(() => Date) at!: Date;
  @Field(() => String, { nullable: true }) reason!: string | undefined;
}
