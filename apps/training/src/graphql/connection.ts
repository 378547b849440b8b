import type { Page } from '@moda/service-kit/database';
import { type ClassType, Directive, Field, Int, ObjectType } from 'type-graphql';
import { Run } from './entities/run.js';
import type { Fields } from './fields.js';

@ObjectType()
@Directive('@shareable')
export class PageInfo {
  @Field(() => Boolean) hasNextPage!: boolean;
  @Field(() => String, { nullable: true, description: 'What `after` takes for the next page.' })
  endCursor!: string | undefined;
}

@ObjectType()
export class RunEdge {
  @Field(() => Run as unknown as ClassType) node!: Run;
  @Field(() => String) cursor!: string;
}

@ObjectType()
export class RunConnection {
  @Field(() => [RunEdge]) edges!: readonly Fields<RunEdge>[];
  @Field(() => PageInfo) pageInfo!: Fields<PageInfo>;
  @Field(() => Int, { description: 'How many there are; an estimate above 10,000.' })
  totalEstimate!: number;
}

/** A page of records as a page of nodes. */
export function runConnection<Item>(page: Page<Item>, nodeOf: (item: Item) => Run): Fields<RunConnection> {
  return {
    edges: page.items.map(({ item, cursor }) => ({ node: nodeOf(item), cursor })),
    pageInfo: { hasNextPage: page.hasNext, endCursor: page.items.at(-1)?.cursor },
    totalEstimate: page.totalEstimate,
  };
}
