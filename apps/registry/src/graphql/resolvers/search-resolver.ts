import { Args, Query, Resolver } from 'type-graphql';
import { type Connection, connectionOf, ModelVersionConnection, ModuleConnection } from '../connection.js';
import { Facets } from '../entities/facets.js';
import { ModelVersion } from '../entities/model-version.js';
import { Module } from '../entities/module.js';
import { pageRequest } from '../page-arguments.js';
import type { Registry } from '../registry.js';
import { SearchArguments, searchCriteria } from '../search-criteria.js';

/** What is there to be found. */
@Resolver()
export class SearchResolver {
  constructor(private readonly registry: Pick<Registry, 'catalogue'>) {}

  @Query(() => ModuleConnection, {
    nullable: true,
    description: 'Modules by class, data set, size and more.',
  })
  async searchModules(@Args(() => SearchArguments) request: SearchArguments): Promise<Connection<Module>> {
    const { criteria, order } = request;
    const found = await this.registry.catalogue.searchModules(
      searchCriteria(criteria),
      order,
      pageRequest(request),
    );
    return connectionOf(found, (item) => new Module(item));
  }

  @Query(() => ModelVersionConnection, { nullable: true, description: 'Whole models by the same criteria.' })
  async searchModels(
    @Args(() => SearchArguments) request: SearchArguments,
  ): Promise<Connection<ModelVersion>> {
    const { criteria, order } = request;
    const found = await this.registry.catalogue.searchVersions(
      searchCriteria(criteria),
      order,
      pageRequest(request),
    );
    return connectionOf(found, (item) => new ModelVersion(item));
  }

  @Query(() => Facets, { nullable: true })
  async facets(): Promise<Facets> {
    return this.registry.catalogue.facets();
  }
}
