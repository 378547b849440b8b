import { Field, Float, ID, InputType } from 'type-graphql';

@InputType({ description: 'What is done with a class that a weak model does badly.' })
export class ReplaceClassInput {
  @Field(() => ID, { description: 'The run whose model is to be repaired.' }) weak!: string;
  @Field(() => ID, { description: 'The run whose model has a module for it.' }) strong!: string;
  @Field(() => String, { description: 'Of the weak model, by name or number.' }) class!: string;
  @Field(() => String, {
    nullable: true,
    description: 'Of the strong model; the class of the same label in the data set if left out.',
  })
  strongClass?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      '`moda` (a calibration layer is trained; the default) or `cnnsplitter` (the higher score wins).',
  })
  strategy?: string | null;
  @Field(() => Float, { nullable: true, description: "Of the strong model's module, 0..1; 0.9 if left out." })
  tau?: number | null;
  @Field(() => String, { nullable: true }) name?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'A request that is sent again with the same key finds the run of the first one.',
  })
  idempotencyKey?: string | null;
}
