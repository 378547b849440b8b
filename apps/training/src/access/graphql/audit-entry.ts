import type { AuditEntry as Entry } from '@moda/service-kit';
import type { Page } from '@moda/service-kit/database';
import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { PageInfo } from '../../graphql/connection.js';
import type { Fields } from '../../graphql/fields.js';
import { JsonObject } from '../../graphql/scalars.js';

@ObjectType({ description: 'A change that somebody made, or wanted to make.' })
@Directive('@shareable')
export class AuditEntry {
  @Field(() => Date) at!: Date;
  @Field(() => String) user!: string;
  @Field(() => String, { nullable: true }) role!: string | undefined;
  @Field(() => String, { description: '`local`, `oidc` or `token`.' }) kind!: string;
  @Field(() => String) mutation!: string;
  @Field(() => JsonObject, { description: 'Without secrets and long texts.' })
  arguments!: Readonly<Record<string, unknown>>;
  @Field(() => String, { description: '`ok`, or the code of the problem or error.' }) outcome!: string;
  @Field(() => String) traceId!: string;
}

@ObjectType()
@Directive('@shareable')
export class AuditEdge {
  @Field(() => AuditEntry) node!: Fields<AuditEntry>;
  @Field(() => String) cursor!: string;
}

@ObjectType()
@Directive('@shareable')
export class AuditConnection {
  @Field(() => [AuditEdge]) edges!: readonly Fields<AuditEdge>[];
  @Field(() => PageInfo) pageInfo!: Fields<PageInfo>;
  @Field(() => Int) totalEstimate!: number;
}

export function auditConnection(page: Page<Entry>): Fields<AuditConnection> {
  return {
    edges: page.items.map(({ item: { role, ...entry }, cursor }) => ({ node: { ...entry, role }, cursor })),
    pageInfo: { hasNextPage: page.hasNext, endCursor: page.items.at(-1)?.cursor },
    totalEstimate: page.totalEstimate,
  };
}
