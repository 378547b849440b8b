import { Arg, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Composition } from '../entities/composition.js';
import { Lineage, LineageNode } from '../entities/lineage.js';
import { ModelVersion } from '../entities/model-version.js';
import { lineageOf } from '../lineage-of.js';
import type { Registry } from '../registry.js';

/** Where a package came from and what came from it. */
@Resolver(() => LineageNode)
export class LineageResolver {
  constructor(private readonly registry: Pick<Registry, 'catalogue'>) {}

  @Query(() => Lineage, { nullable: true })
  async lineage(@Arg('digest', () => String) digest: string): Promise<Lineage> {
    return lineageOf(await this.registry.catalogue.lineage(digest));
  }

  @FieldResolver(() => ModelVersion, { nullable: true })
  version(@Root() { record }: LineageNode): ModelVersion | null {
    return record.version ? new ModelVersion(record.version) : null;
  }

  @FieldResolver(() => Composition, { nullable: true })
  composition(@Root() { record }: LineageNode): Composition | null {
    return record.composition ? new Composition(record.composition) : null;
  }
}
