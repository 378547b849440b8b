import { Field, Float, ObjectType } from 'type-graphql';
import type { VersionRecord } from '../../catalogue/catalogue.js';
import type { Fields } from '../fields.js';
import { JsonObject } from '../scalars.js';

@ObjectType({ description: 'A measured number.' })
export class Metric {
  @Field(() => String, { description: '`accuracy`, `crossEntropy`, and for each class `accuracy:<index>`.' })
  name!: string;
  @Field(() => Float) value!: number;
}

@ObjectType({ description: 'What is known of a version, for people and for programs.' })
export class Card {
  constructor(
    private readonly record: VersionRecord,
    private readonly text: string,
  ) {}

  @Field(() => String, {
    description: 'The page of the version, with the front matter that model hubs read.',
  })
  get markdown(): string {
    return this.text;
  }

  @Field(() => String)
  get license(): string {
    return this.record.license;
  }

  @Field(() => [Metric])
  get metrics(): Fields<Metric>[] {
    return Object.entries(this.record.manifest.metrics ?? {}).map(([name, value]) => ({ name, value }));
  }

  @Field(() => JsonObject, {
    nullable: true,
    description: 'Method, epochs, weights of the loss and other settings.',
  })
  get training(): object | undefined {
    return this.record.manifest.training;
  }

  @Field(() => JsonObject, {
    nullable: true,
    description: 'What it was trained on: name, normalisation, split, samples.',
  })
  get dataset(): object | undefined {
    return this.record.manifest.dataset;
  }
}
