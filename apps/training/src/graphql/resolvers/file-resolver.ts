import { FieldResolver, Resolver, Root } from 'type-graphql';
import { Artifact } from '../entities/artifact.js';
import { Run } from '../entities/run.js';
import type { Fields } from '../fields.js';
import { JsonObject } from '../scalars.js';
import type { Training } from '../training.js';

/** What is in the folder of a run. */
@Resolver(() => Run)
export class FileResolver {
  constructor(private readonly training: Pick<Training, 'files'>) {}

  @FieldResolver(() => [Artifact], { nullable: true, description: 'The files that came of it so far.' })
  async artifacts(@Root() { id }: Run): Promise<Fields<Artifact>[]> {
    return [...(await this.training.files.artifacts(id))];
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Where the log of its worker is read, as plain text, while it runs too. Opens for an hour.',
  })
  logUrl(@Root() { id }: Run): string {
    return this.training.files.logUrl(id);
  }

  @FieldResolver(() => JsonObject, {
    nullable: true,
    description:
      'Figures of a run that succeeded. Of a training `metrics` and `history`; of another task what the command of its name prints; and `evaluation`, where the model was tried on the test images: accuracy, accuracy of each class, confusion matrix.',
  })
  async result(@Root() { record }: Run): Promise<object | null> {
    return (await this.training.files.result(record)) ?? null;
  }
}
