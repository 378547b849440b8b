import { Directive, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import type { CompositionRecord } from '../../catalogue/catalogue.js';
import type { Fields } from '../fields.js';
import { SafeInt } from '../scalars.js';
import { PackageFile } from './model-version.js';

@ObjectType({
  description:
    'A set of classes of a version at a threshold: known once it is asked for, its bytes once it was cut.',
})
@Directive('@key(fields: "id")')
export class Composition {
  constructor(readonly record: CompositionRecord) {}

  @Field(() => ID, { description: 'Digest of the derivation: parent, rates, classes, threshold.' })
  get id(): string {
    return this.record.id;
  }

  @Field(() => String, { nullable: true, description: 'Digest of its package; null until it was cut.' })
  get digest(): string | undefined {
    return this.record.digest;
  }

  @Field(() => String)
  get parentDigest(): string {
    return this.record.parentDigest;
  }

  @Field(() => [Int], { description: 'Output positions in the parent, ascending.' })
  get classes(): readonly number[] {
    return this.record.classes;
  }

  @Field(() => Float, { description: 'Threshold, 0..1.' })
  get tau(): number {
    return this.record.tau;
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

  @Field(() => [PackageFile], { nullable: true, description: 'Null until it was cut.' })
  get files(): readonly Fields<PackageFile>[] | undefined {
    return this.record.package?.files;
  }

  @Field(() => Date)
  get createdAt(): Date {
    return this.record.createdAt;
  }
}
