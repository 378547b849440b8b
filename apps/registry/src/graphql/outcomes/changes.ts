import { createUnionType } from 'type-graphql';
import { Alias } from '../entities/alias.js';
import { Composition } from '../entities/composition.js';
import { ModelVersion } from '../entities/model-version.js';
import { Problem } from './problem.js';

export const AliasResult = createUnionType({ name: 'AliasResult', types: () => [Alias, Problem] as const });

export const VersionResult = createUnionType({
  name: 'VersionResult',
  types: () => [ModelVersion, Problem] as const,
});

export const ComposeResult = createUnionType({
  name: 'ComposeResult',
  types: () => [Composition, Problem] as const,
});
