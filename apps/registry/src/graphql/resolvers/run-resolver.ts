import { FieldResolver, Resolver, Root } from 'type-graphql';
import { ModelVersion } from '../entities/model-version.js';
import { Run } from '../entities/run.js';
import type { Registry } from '../registry.js';

/** What the registry adds to a run of another service. */
@Resolver(() => Run)
export class RunResolver {
  constructor(private readonly registry: Pick<Registry, 'catalogue'>) {}

  @FieldResolver(() => [ModelVersion], {
    nullable: true,
    description: 'What was published of it, the oldest first.',
  })
  async versions(@Root() { id }: Run): Promise<ModelVersion[]> {
    return (await this.registry.catalogue.versionsOfRun(id)).map((record) => new ModelVersion(record));
  }
}
