import { Arg, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { ModelVersion } from '../entities/model-version.js';
import { Module } from '../entities/module.js';
import type { Registry } from '../registry.js';

@Resolver(() => Module)
export class ModuleResolver {
  constructor(private readonly registry: Pick<Registry, 'catalogue'>) {}

  @Query(() => Module, { nullable: true })
  async module(@Arg('id', () => ID) id: string): Promise<Module | null> {
    const found = await this.registry.catalogue.moduleById(id);
    return found ? new Module(found) : null;
  }

  @FieldResolver(() => ModelVersion, { nullable: true })
  version(@Root() { found }: Module): ModelVersion {
    return new ModelVersion(found.version);
  }
}
