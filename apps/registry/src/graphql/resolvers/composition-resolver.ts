import { Arg, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { formatReference } from '@moda/module-library';
import { Composition } from '../entities/composition.js';
import { Lineage } from '../entities/lineage.js';
import { ModelVersion } from '../entities/model-version.js';
import { lineageOf } from '../lineage-of.js';
import type { Registry } from '../registry.js';

@Resolver(() => Composition)
export class CompositionResolver {
  constructor(private readonly registry: Pick<Registry, 'catalogue'>) {}

  @Query(() => Composition, { nullable: true })
  async composition(@Arg('id', () => ID) id: string): Promise<Composition | null> {
    const found = await this.registry.catalogue.composition(id);
    return found ? new Composition(found) : null;
  }

  @FieldResolver(() => ModelVersion, { nullable: true })
  async version(@Root() { record }: Composition): Promise<ModelVersion | null> {
    const found = await this.registry.catalogue.versionById(record.versionId);
    return found ? new ModelVersion(found) : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: '`owner/model/class,class@version`; its threshold is told beside it.',
  })
  async reference(@Root() { record }: Composition): Promise<string | null> {
    const found = await this.registry.catalogue.versionById(record.versionId);
    if (!found) return null;
    const { owner, model, version, manifest } = found;
    const classes = record.classes.map((index) => manifest.classes[index]?.name ?? String(index));
    return formatReference({ owner, model, classes, selector: { kind: 'version', version } });
  }

  @FieldResolver(() => Lineage, { nullable: true, description: 'Null until it was cut.' })
  async lineage(@Root() { record }: Composition): Promise<Lineage | null> {
    return record.digest === undefined
      ? null
      : lineageOf(await this.registry.catalogue.lineage(record.digest));
  }
}
