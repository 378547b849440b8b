import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { ModelName } from '../../catalogue/catalogue.js';

@ObjectType({ description: 'A line of versions under one name.' })
@Directive('@key(fields: "id")')
export class Model {
  constructor(readonly modelName: ModelName) {}

  @Field(() => ID, { description: '`owner/model`.' })
  get id(): string {
    return `${this.modelName.owner}/${this.modelName.model}`;
  }

  @Field(() => String)
  get owner(): string {
    return this.modelName.owner;
  }

  @Field(() => String)
  get name(): string {
    return this.modelName.model;
  }
}
