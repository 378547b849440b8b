import { Arg, Args, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { type Connection, connectionOf, ModelConnection, ModelVersionConnection } from '../connection.js';
import { Alias, AliasMove } from '../entities/alias.js';
import { ModelVersion } from '../entities/model-version.js';
import { Model } from '../entities/model.js';
import type { Fields } from '../fields.js';
import { PageArguments, pageRequest } from '../page-arguments.js';
import type { Registry } from '../registry.js';

/** Models, their versions and the names that move between these. */
@Resolver(() => Model)
export class ModelResolver {
  constructor(private readonly registry: Pick<Registry, 'catalogue'>) {}

  @Query(() => ModelConnection, { nullable: true })
  async models(
    @Arg('owner', () => String, { nullable: true }) owner: string | undefined,
    @Args(() => PageArguments) page: PageArguments,
  ): Promise<Connection<Model>> {
    const request = { ...pageRequest(page), ...(owner == null ? {} : { owner }) };
    return connectionOf(await this.registry.catalogue.modelNames(request), (name) => new Model(name));
  }

  @Query(() => Model, { nullable: true })
  async model(
    @Arg('owner', () => String) owner: string,
    @Arg('name', () => String) name: string,
  ): Promise<Model | null> {
    return this.find(owner, name);
  }

  @FieldResolver(() => ModelVersionConnection, { nullable: true, description: 'The highest version first.' })
  async versions(
    @Root() { modelName }: Model,
    @Args(() => PageArguments) page: PageArguments,
  ): Promise<Connection<ModelVersion>> {
    const versions = await this.registry.catalogue.versionsOf(modelName, pageRequest(page));
    return connectionOf(versions, (record) => new ModelVersion(record));
  }

  @FieldResolver(() => ModelVersion, { nullable: true, description: 'What the alias `latest` names.' })
  async latest(@Root() { modelName }: Model): Promise<ModelVersion | null> {
    const found = await this.registry.catalogue.version(modelName, { kind: 'alias', alias: 'latest' });
    return found ? new ModelVersion(found) : null;
  }

  @FieldResolver(() => [Alias], { nullable: true })
  async aliases(@Root() { modelName }: Model): Promise<Alias[]> {
    return (await this.registry.catalogue.aliases(modelName)).map((record) => new Alias(record));
  }

  @FieldResolver(() => [AliasMove], {
    nullable: true,
    description: 'Where an alias has been, the newest move first.',
  })
  async aliasHistory(
    @Root() { modelName }: Model,
    @Arg('alias', () => String) alias: string,
  ): Promise<readonly Fields<AliasMove>[]> {
    return this.registry.catalogue.aliasHistory(modelName, alias);
  }

  @FieldResolver(() => ModelVersion, { nullable: true, description: 'What an alias named at a moment.' })
  async aliasAt(
    @Root() { modelName }: Model,
    @Arg('alias', () => String) alias: string,
    @Arg('at', () => Date) at: Date,
  ): Promise<ModelVersion | null> {
    const found = await this.registry.catalogue.aliasAt(modelName, alias, at);
    return found ? new ModelVersion(found) : null;
  }

  /** A model is there as soon as one version of it is released. */
  async find(owner: string, model: string): Promise<Model | null> {
    const { items } = await this.registry.catalogue.versionsOf({ owner, model }, { first: 1 });
    return items.length === 0 ? null : new Model({ owner, model });
  }
}
