import { createUnionType, Field, ID, ObjectType } from 'type-graphql';
import { ModelVersion } from '../entities/model-version.js';
import type { Fields } from '../fields.js';
import { SafeInt } from '../scalars.js';
import { Problem } from './problem.js';

@ObjectType({ description: 'A blob that is still missing, and where to PUT it.' })
export class Upload {
  @Field(() => String) path!: string;
  @Field(() => String) digest!: string;
  @Field(() => SafeInt) sizeBytes!: number;
  @Field(() => String) url!: string;
}

@ObjectType({ description: 'A version that is announced and not yet visible.' })
export class Draft {
  @Field(() => ID) id!: string;
  @Field(() => Date) expiresAt!: Date;
  @Field(() => [Upload], { description: 'Only the blobs that the registry does not have.' })
  uploads!: readonly Fields<Upload>[];
}

@ObjectType({ description: 'A version that is visible now.' })
export class Release {
  @Field(() => ModelVersion) version!: ModelVersion;
  @Field(() => Boolean, { description: 'False where it was there already.' }) created!: boolean;
}

export const AnnounceResult = createUnionType({
  name: 'AnnounceResult',
  description: 'A draft to fill, the version if this very package is released already, or why not.',
  types: () => [Draft, ModelVersion, Problem] as const,
});

export const ReleaseResult = createUnionType({
  name: 'ReleaseResult',
  types: () => [Release, Problem] as const,
});
