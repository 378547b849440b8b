import { renderModelCard } from '@moda/module-format';
import { isVersion, latestAlias } from '@moda/module-library';
import { Arg, Args, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Selector, VersionRecord } from '../../catalogue/catalogue.js';
import { CompositionConnection, type Connection, connectionOf } from '../connection.js';
import { Card } from '../entities/card.js';
import { Composition } from '../entities/composition.js';
import { Lineage } from '../entities/lineage.js';
import { ModelVersion } from '../entities/model-version.js';
import { Model } from '../entities/model.js';
import { Module } from '../entities/module.js';
import { Run } from '../entities/run.js';
import { UseCounts } from '../entities/use-counts.js';
import { lineageOf } from '../lineage-of.js';
import { PageArguments, pageRequest } from '../page-arguments.js';
import type { Registry } from '../registry.js';

/** A version and what hangs on it. */
@Resolver(() => ModelVersion)
export class VersionResolver {
  constructor(private readonly registry: Pick<Registry, 'catalogue' | 'clock'>) {}

  @Query(() => ModelVersion, {
    nullable: true,
    description:
      'By id, by digest (the oldest of that package), or by owner, model and selector: a version or an alias, `latest` if left out.',
  })
  async version(
    @Arg('id', () => ID, { nullable: true }) id: string | undefined,
    @Arg('digest', () => String, { nullable: true }) digest: string | undefined,
    @Arg('owner', () => String, { nullable: true }) owner: string | undefined,
    @Arg('model', () => String, { nullable: true }) model: string | undefined,
    @Arg('selector', () => String, { nullable: true }) selector: string | undefined,
  ): Promise<ModelVersion | null> {
    const { catalogue } = this.registry;
    if (id != null) return versionOrNull(await catalogue.versionById(id));
    if (digest != null) return versionOrNull((await catalogue.versionsByDigest(digest))[0]);
    if (owner == null || model == null) return null;
    return versionOrNull(await catalogue.version({ owner, model }, selectorOf(selector ?? latestAlias)));
  }

  @FieldResolver(() => Model, { nullable: true })
  model(@Root() { record }: ModelVersion): Model {
    return new Model({ owner: record.owner, model: record.model });
  }

  @FieldResolver(() => [Module], {
    nullable: true,
    description: 'One for each class; none without activation rates.',
  })
  async modules(@Root() { record }: ModelVersion): Promise<Module[]> {
    const modules = await this.registry.catalogue.modulesOf(record.id);
    return modules.map((module) => new Module({ module, version: record }));
  }

  @FieldResolver(() => CompositionConnection, {
    nullable: true,
    description: 'Sets of classes that were asked for.',
  })
  async compositions(
    @Root() { record }: ModelVersion,
    @Args(() => PageArguments) page: PageArguments,
  ): Promise<Connection<Composition>> {
    const found = await this.registry.catalogue.compositionsOf(record.id, pageRequest(page));
    return connectionOf(found, (composition) => new Composition(composition));
  }

  @FieldResolver(() => Lineage, { nullable: true })
  async lineage(@Root() { record }: ModelVersion): Promise<Lineage> {
    return lineageOf(await this.registry.catalogue.lineage(record.digest));
  }

  @FieldResolver(() => UseCounts, { nullable: true })
  async uses(@Root() { record }: ModelVersion): Promise<UseCounts> {
    return this.registry.catalogue.uses(record.id, this.registry.clock());
  }

  @FieldResolver(() => Card, { nullable: true })
  async card(@Root() { record }: ModelVersion): Promise<Card> {
    const { manifest, license, parameters, flops } = record;
    const modules = (await this.registry.catalogue.modulesOf(record.id)).map((module) => ({
      class: module.classIndex,
      parameters: module.parameters,
    }));
    return new Card(record, renderModelCard(manifest, { license, parameters, flops, modules }));
  }

  @FieldResolver(() => Run, {
    nullable: true,
    description: 'The training run it came from, if a service ran it.',
  })
  run(@Root() { record }: ModelVersion): Run | null {
    return record.runId === undefined ? null : new Run(record.runId);
  }
}

function versionOrNull(record: VersionRecord | undefined): ModelVersion | null {
  return record ? new ModelVersion(record) : null;
}

function selectorOf(text: string): Selector {
  return isVersion(text) ? { kind: 'version', version: text } : { kind: 'alias', alias: text };
}
