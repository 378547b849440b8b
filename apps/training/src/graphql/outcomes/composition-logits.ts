import { createUnionType, Field, Float, Int, ObjectType } from 'type-graphql';
import { Problem } from './problem.js';

@ObjectType({ description: 'An output of a composed network.' })
export class LogitClass {
  @Field(() => Int, { description: 'Its position among the outputs of the whole model.' }) index!: number;
  @Field(() => String) name!: string;
}

@ObjectType({
  description:
    'What native TensorFlow on the server makes of the sample images that a model was published with (`samples.safetensors`).',
})
export class CompositionLogits {
  @Field(() => String, { description: 'Of the derivation; of the package where no classes were named.' })
  digest!: string;
  @Field(() => [LogitClass], { description: 'The outputs, in the order of a row of logits.' })
  classes!: readonly LogitClass[];
  @Field(() => [[Float]], { description: 'A row for each image, in their order in the file.' })
  logits!: readonly (readonly number[])[];
  @Field(() => [Int], {
    description: 'True class of each image, as a position among the outputs of the whole model.',
  })
  labels!: readonly number[];
  @Field(() => String, { description: 'What it was computed on, in words.' }) device!: string;
  @Field(() => String, {
    nullable: true,
    description: 'Version of TensorFlow; null where the native library is not there.',
  })
  tensorFlow!: string | undefined;
}

export const CompositionLogitsResult = createUnionType({
  name: 'CompositionLogitsResult',
  types: () => [CompositionLogits, Problem] as const,
});
