import type { RequestContext } from '@moda/service-kit';
import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { Fields } from '../../graphql/fields.js';
import { outcomeOf } from '../../graphql/outcomes/outcome-of.js';
import { Problem } from '../../graphql/outcomes/problem.js';
import { PageArguments, pageRequest } from '../../graphql/page-arguments.js';
import type { Training } from '../../graphql/training.js';
import { isProblem } from '../../problem/problem.js';
import {
  AccessToken,
  CreateTokenInput,
  CreateTokenResult,
  NewToken,
  RevokeTokenResult,
} from './access-token.js';
import { AuditConnection, auditConnection } from './audit-entry.js';
import { Me } from './me.js';

/** Who may do what, and who did. */
@Resolver()
export class AccessResolver {
  constructor(private readonly training: Pick<Training, 'tokens' | 'audit'>) {}

  @Query(() => Me, { nullable: true, description: 'Who asks; answered to everybody who is known.' })
  me(@Ctx() { identity: { user, role, kind } }: RequestContext): Fields<Me> {
    return { user, role: role ?? null, kind };
  }

  @Query(() => [AccessToken], {
    nullable: true,
    description:
      'Your personal access tokens, the newest first; everybody’s for administrators. At most 1,000.',
  })
  async tokens(
    @Arg('everybody', () => Boolean, { defaultValue: false }) everybody: boolean,
    @Ctx() { identity }: RequestContext,
  ): Promise<AccessToken[]> {
    return (await this.training.tokens.list(identity, everybody)).map((record) => new AccessToken(record));
  }

  @Mutation(() => CreateTokenResult, { nullable: true, description: 'Its text is shown this once.' })
  async createToken(
    @Arg('input', () => CreateTokenInput) { name, role, expiresInDays, user }: CreateTokenInput,
    @Ctx() { identity }: RequestContext,
  ): Promise<typeof CreateTokenResult> {
    const created = await this.training.tokens.create(identity, {
      name,
      role,
      expiresInDays,
      ...(user != null && { user }),
    });
    if (isProblem(created)) return new Problem(created);
    return outcomeOf(NewToken, { token: created.text, accessToken: new AccessToken(created.record) });
  }

  @Mutation(() => RevokeTokenResult, {
    nullable: true,
    description:
      'Ends a token of yours, or of anybody for administrators; other services notice within half a minute.',
  })
  async revokeToken(
    @Arg('id', () => ID) id: string,
    @Ctx() { identity }: RequestContext,
  ): Promise<typeof RevokeTokenResult> {
    const revoked = await this.training.tokens.revoke(identity, id);
    return isProblem(revoked) ? new Problem(revoked) : new AccessToken(revoked);
  }

  @Query(() => AuditConnection, {
    nullable: true,
    description:
      'Every mutation that was sent to the training service, the newest first; those that were refused, too.',
  })
  async auditLog(@Args(() => PageArguments) page: PageArguments): Promise<Fields<AuditConnection>> {
    return auditConnection(await this.training.audit.entries(pageRequest(page)));
  }
}
