import { Field, ObjectType } from 'type-graphql';
import { SafeInt } from '../scalars.js';

@ObjectType({ description: 'A file that came of a run.' })
export class Artifact {
  @Field(() => String, { description: 'Its path in the folder of the run: `model/weights.safetensors`.' })
  name!: string;
  @Field(() => String, { nullable: true, description: '`sha256:…`.' }) digest!: string | undefined;
  @Field(() => SafeInt) sizeBytes!: number;
  @Field(() => String, {
    description:
      'Where it can be downloaded, in parts too. Opens for an hour without anybody having to say who they are.',
  })
  url!: string;
}
