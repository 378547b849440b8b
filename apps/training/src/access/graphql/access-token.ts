import { roles } from '@moda/service-kit';
import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Problem } from '../../graphql/outcomes/problem.js';
import { defaultDays, maxDays } from '../tokens/token-orders.js';
import type { TokenRecord } from '../tokens/token-store.js';

/** As GraphQL wants it: an object of names. */
export const RoleName = Object.fromEntries(roles.map((role) => [role, role]));

registerEnumType(RoleName, {
  name: 'Role',
  description: 'What people may do, each including the ones before.',
});

@ObjectType({ description: 'A personal access token; its text is nowhere.' })
export class AccessToken {
  constructor(private readonly record: TokenRecord) {}

  @Field(() => ID, { description: 'The first part of its text, after `moda_pat_`.' })
  get id(): string {
    return this.record.id;
  }

  @Field(() => String, { description: 'What it is for.' })
  get name(): string {
    return this.record.name;
  }

  @Field(() => String, { description: 'Who is known by it.' })
  get user(): string {
    return this.record.user;
  }

  @Field(() => RoleName)
  get role(): string {
    return this.record.role;
  }

  @Field(() => Date)
  get createdAt(): Date {
    return this.record.createdAt;
  }

  @Field(() => String)
  get createdBy(): string {
    return this.record.createdBy;
  }

  @Field(() => Date)
  get expiresAt(): Date {
    return this.record.expiresAt;
  }

  @Field(() => Date, { nullable: true, description: 'To the minute.' })
  get lastUsedAt(): Date | null {
    return this.record.lastUsedAt;
  }

  @Field(() => Date, { nullable: true, description: 'Other services notice within half a minute.' })
  get revokedAt(): Date | null {
    return this.record.revokedAt;
  }
}

@ObjectType({ description: 'A token and, this once, its text.' })
export class NewToken {
  @Field(() => String, { description: 'Sent as `Authorization: Bearer …`; nobody can show it again.' })
  token!: string;
  @Field(() => AccessToken) accessToken!: AccessToken;
}

@InputType()
export class CreateTokenInput {
  @Field(() => String, { description: 'What it is for.' }) name!: string;
  @Field(() => RoleName, { description: 'At most your own.' }) role!: string;
  @Field(() => Int, {
    defaultValue: defaultDays,
    description: `1 to ${maxDays}. A token that is made with a token ends with it at the latest.`,
  })
  expiresInDays!: number;
  @Field(() => String, {
    nullable: true,
    description: 'Whose it is to be, if not yours; for administrators.',
  })
  user?: string | null;
}

export const CreateTokenResult = createUnionType({
  name: 'CreateTokenResult',
  types: () => [NewToken, Problem] as const,
});
export const RevokeTokenResult = createUnionType({
  name: 'RevokeTokenResult',
  types: () => [AccessToken, Problem] as const,
});
