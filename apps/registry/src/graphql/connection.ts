import type { Page } from '@moda/service-kit/database';
import { type ClassType, Directive, Field, Int, ObjectType } from 'type-graphql';
import { Composition } from './entities/composition.js';
import { ModelVersion } from './entities/model-version.js';
import { Model } from './entities/model.js';
import { Module } from './entities/module.js';
import type { Fields } from './fields.js';

@ObjectType()
@Directive('@shareable')
export class PageInfo {
  @Field(() => Boolean) hasNextPage!: boolean;
  @Field(() => String, { nullable: true, description: 'What `after` takes for the next page.' })
  endCursor!: string | undefined;
}

export interface Connection<Node> {
  readonly edges: readonly { readonly node: Node; readonly cursor: string }[];
  readonly pageInfo: Fields<PageInfo>;
  readonly totalEstimate: number;
}

function connectionType<Node extends object>(name: string, node: ClassType<Node>) {
  @ObjectType(`${name}Edge`)
  class Edge {
    @Field(() => node) node!: Node;
    @Field(() => String) cursor!: string;
  }

  @ObjectType(`${name}Connection`)
  class ConnectionOfNode {
    @Field(() => [Edge]) edges!: Edge[];
    @Field(() => PageInfo) pageInfo!: PageInfo;
    @Field(() => Int, { description: 'How many there are; an estimate above 10,000.' })
    totalEstimate!: number;
  }
  return ConnectionOfNode;
}

export const ModelConnection = connectionType('Model', Model as ClassType<Model>);
export const ModelVersionConnection = connectionType('ModelVersion', ModelVersion as ClassType<ModelVersion>);
export const ModuleConnection = connectionType('Module', Module as ClassType<Module>);
export const CompositionConnection = connectionType('Composition', Composition as ClassType<Composition>);

/** A page of records as a page of nodes. */
export function connectionOf<Item, Node>(page: Page<Item>, nodeOf: (item: Item) => Node): Connection<Node> {
  return {
    edges: page.items.map(({ item, cursor }) => ({ node: nodeOf(item), cursor })),
    pageInfo: { hasNextPage: page.hasNext, endCursor: page.items.at(-1)?.cursor },
    totalEstimate: page.totalEstimate,
  };
}
