import { createUnionType, Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Composition } from '../entities/composition.js';
import { ModelVersion } from '../entities/model-version.js';
import type { Fields } from '../fields.js';
import { SafeInt } from '../scalars.js';
import { Problem } from './problem.js';

export enum DownloadInclude {
  all = 'all',
  weights = 'weights',
  noWeights = 'noWeights',
}

registerEnumType(DownloadInclude, {
  name: 'DownloadInclude',
  description: 'Which files of a package are wanted.',
});

@ObjectType({ description: 'What a reference means now.' })
export class Resolved {
  @Field(() => ModelVersion) version!: ModelVersion;
  @Field(() => [Int], { nullable: true, description: 'Output positions; null for the whole model.' })
  classes!: readonly number[] | undefined;
  @Field(() => Float, { description: 'Threshold, 0..1.' }) tau!: number;
  @Field(() => Composition, { nullable: true, description: 'If these classes were asked for before.' })
  composition!: Composition | undefined;
}

@ObjectType({ description: 'A file to get; the address needs no other right.' })
export class DownloadFile {
  @Field(() => String) path!: string;
  @Field(() => String, { nullable: true, description: 'Null for weights that are cut while they are read.' })
  digest!: string | undefined;
  @Field(() => SafeInt) sizeBytes!: number;
  @Field(() => String) url!: string;
  @Field(() => Boolean) supportsRanges!: boolean;
}

@ObjectType({ description: 'How a set of classes is cut; the same fields give the same bytes anywhere.' })
export class Derivation {
  @Field(() => String) method!: string;
  @Field(() => String, { description: 'Digest of the package it is cut from.' }) parent!: string;
  @Field(() => String, { description: 'Digest of the activation rates.' }) rates!: string;
  @Field(() => [Int]) classes!: readonly number[];
  @Field(() => Float) tau!: number;
}

@ObjectType({ description: 'A signature of a package manifest.' })
export class PackageSignature {
  @Field(() => String) algorithm!: string;
  @Field(() => String) keyId!: string;
  @Field(() => String, { description: 'Base64.' }) signature!: string;
}

@ObjectType({
  description: 'The files of a package, with addresses that anybody may read until they expire.',
})
export class Download {
  @Field(() => String, { nullable: true, description: 'Of the package; null until it was cut.' })
  digest!: string | undefined;
  @Field(() => Derivation, { nullable: true, description: 'For a set of classes.' })
  derivation!: Fields<Derivation> | undefined;
  @Field(() => String, {
    nullable: true,
    description: 'The package manifest, canonical; null until it was cut.',
  })
  packageText!: string | undefined;
  @Field(() => PackageSignature, { nullable: true }) signature!: Fields<PackageSignature> | undefined;
  @Field(() => String, { description: 'Text of `module.json`.' }) manifestText!: string;
  @Field(() => [DownloadFile]) files!: readonly Fields<DownloadFile>[];
  @Field(() => Date) expiresAt!: Date;
  @Field(() => String, { description: 'For `confirmDownload`, once the weights are there.' }) ticket!: string;
}

@ObjectType({ description: 'A use of weights.' })
export class DownloadConfirmation {
  @Field(() => Boolean, {
    description: 'True where it counted: once a client, version and day, and not for test machines.',
  })
  first!: boolean;
}

export const ResolveResult = createUnionType({
  name: 'ResolveResult',
  types: () => [Resolved, Problem] as const,
});

export const DownloadResult = createUnionType({
  name: 'DownloadResult',
  types: () => [Download, Problem] as const,
});

export const ConfirmResult = createUnionType({
  name: 'ConfirmResult',
  types: () => [DownloadConfirmation, Problem] as const,
});
