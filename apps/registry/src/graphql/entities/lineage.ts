import { Field, ObjectType, registerEnumType } from 'type-graphql';
import type { LineageNode as LineageNodeRecord } from '../../catalogue/catalogue.js';
import type { Fields } from '../fields.js';

export enum LineageRole {
  base = 'base',
  weak = 'weak',
  strong = 'strong',
}

registerEnumType(LineageRole, {
  name: 'LineageRole',
  description:
    'What the source gave: the `base` of a module or composition, the `weak` model or the `strong` module of a repair.',
});

@ObjectType({ description: 'One step of descent between two digests.' })
export class LineageEdge {
  @Field(() => String) from!: string;
  @Field(() => String) to!: string;
  @Field(() => LineageRole) role!: string;
}

@ObjectType({
  description: 'A package in a line of descent; one that was never published here is its digest alone.',
})
export class LineageNode {
  constructor(readonly record: LineageNodeRecord) {}

  @Field(() => String)
  get digest(): string {
    return this.record.digest;
  }
}

@ObjectType({ description: 'Everything that a package came from, and everything that came from it.' })
export class Lineage {
  @Field(() => [LineageNode]) nodes!: LineageNode[];
  @Field(() => [LineageEdge]) edges!: readonly Fields<LineageEdge>[];
}
