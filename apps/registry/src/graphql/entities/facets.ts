import { Field, Int, ObjectType } from 'type-graphql';
import type { Fields } from '../fields.js';

@ObjectType()
export class Facet {
  @Field(() => String) value!: string;
  @Field(() => Int) count!: number;
}

@ObjectType({ description: 'What can be searched for, the most frequent first.' })
export class Facets {
  @Field(() => [Facet]) classes!: readonly Fields<Facet>[];
  @Field(() => [Facet]) datasets!: readonly Fields<Facet>[];
  @Field(() => [Facet]) architectures!: readonly Fields<Facet>[];
  @Field(() => [Facet]) licenses!: readonly Fields<Facet>[];
}
