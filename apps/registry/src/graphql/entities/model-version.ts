import { Directive, Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { VersionRecord } from '../../catalogue/catalogue.js';
import type { Fields } from '../fields.js';
import { SafeInt } from '../scalars.js';

export enum VersionState {
  released = 'released',
  deprecated = 'deprecated',
  yanked = 'yanked',
}

registerEnumType(VersionState, {
  name: 'VersionState',
  description: 'What a reader may do with a version; its digest stays resolvable in every state.',
});

@ObjectType({ description: 'Height, width and channels of the images that a model takes.' })
export class InputSize {
  @Field(() => Int) height!: number;
  @Field(() => Int) width!: number;
  @Field(() => Int) channels!: number;
}

@ObjectType({ description: 'One class that a model tells from the others.' })
export class ModelClass {
  @Field(() => Int, { description: "Position among the model's outputs." }) index!: number;
  @Field(() => String) name!: string;
  @Field(() => Int, { description: 'Label of the class in the full data set.' }) sourceLabel!: number;
}

@ObjectType({ description: 'A file of a package.' })
export class PackageFile {
  @Field(() => String) path!: string;
  @Field(() => String) digest!: string;
  @Field(() => SafeInt) sizeBytes!: number;
}

@ObjectType({ description: 'A trained network, released once and never changed.' })
@Directive('@key(fields: "id")')
export class ModelVersion {
  constructor(readonly record: VersionRecord) {}

  @Field(() => ID)
  get id(): string {
    return this.record.id;
  }

  @Field(() => String, { description: '`owner/model@version`.' })
  get reference(): string {
    const { owner, model, version } = this.record;
    return `${owner}/${model}@${version}`;
  }

  @Field(() => String, { description: 'Semantic version without `v`.' })
  get version(): string {
    return this.record.version;
  }

  @Field(() => String, { description: "Digest of the package manifest: the version's identity." })
  get digest(): string {
    return this.record.digest;
  }

  @Field(() => VersionState)
  get state(): string {
    return this.record.state;
  }

  @Field(() => String, { nullable: true, description: 'Why it was deprecated or yanked.' })
  get stateMessage(): string | undefined {
    return this.record.stateMessage;
  }

  @Field(() => String, { nullable: true })
  get description(): string | undefined {
    return this.record.description;
  }

  @Field(() => String)
  get architecture(): string {
    return this.record.architecture;
  }

  @Field(() => InputSize)
  get input(): Fields<InputSize> {
    return this.record.input;
  }

  @Field(() => [ModelClass])
  get classes(): Fields<ModelClass>[] {
    return this.record.manifest.classes;
  }

  @Field(() => String, { nullable: true })
  get dataset(): string | undefined {
    return this.record.dataset;
  }

  @Field(() => String, { description: 'SPDX identifier.' })
  get license(): string {
    return this.record.license;
  }

  @Field(() => SafeInt)
  get parameters(): number {
    return this.record.parameters;
  }

  @Field(() => SafeInt, { description: 'Multiply-adds for one image.' })
  get flops(): number {
    return this.record.flops;
  }

  @Field(() => SafeInt)
  get weightsBytes(): number {
    return this.record.weightsBytes;
  }

  @Field(() => String)
  get weightsDigest(): string {
    return this.record.weightsDigest;
  }

  @Field(() => String, {
    nullable: true,
    description: 'Of the activation rates; without them no module can be cut.',
  })
  get ratesDigest(): string | undefined {
    return this.record.ratesDigest;
  }

  @Field(() => Float, { description: 'Threshold at which the modules are measured, 0..1.' })
  get tau(): number {
    return this.record.tau;
  }

  @Field(() => Float, { nullable: true, description: 'Of the whole model on its test set, 0..1.' })
  get accuracy(): number | undefined {
    return this.record.accuracy;
  }

  @Field(() => [PackageFile])
  get files(): readonly Fields<PackageFile>[] {
    return this.record.package.files;
  }

  @Field(() => String, { nullable: true, description: 'The key that signed the package.' })
  get signedBy(): string | undefined {
    return this.record.signature?.keyId;
  }

  @Field(() => String)
  get publishedBy(): string {
    return this.record.publishedBy;
  }

  @Field(() => Date)
  get publishedAt(): Date {
    return this.record.publishedAt;
  }
}
