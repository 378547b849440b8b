import { Args, Query, Resolver } from 'type-graphql';
import type { Fields } from '../../graphql/fields.js';
import { PageArguments, pageRequest } from '../../graphql/page-arguments.js';
import type { Registry } from '../../graphql/registry.js';
import { AuditConnection, auditConnection } from './audit-entry.js';

/** Who did what. */
@Resolver()
export class AuditResolver {
  constructor(private readonly registry: Pick<Registry, 'audit'>) {}

  @Query(() => AuditConnection, {
    nullable: true,
    description:
      'Every mutation that was sent to the registry, the newest first; those that were refused, too.',
  })
  async registryAuditLog(@Args(() => PageArguments) page: PageArguments): Promise<Fields<AuditConnection>> {
    return auditConnection(await this.registry.audit.entries(pageRequest(page)));
  }
}
