import type { RequestContext } from '@moda/service-kit';
import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { isProblem } from '../../problem/problem.js';
import { ModelVersion } from '../entities/model-version.js';
import { AnnounceResult, Draft, Release, ReleaseResult } from '../outcomes/draft.js';
import { outcomeOf } from '../outcomes/outcome-of.js';
import { Problem } from '../outcomes/problem.js';
import type { Registry } from '../registry.js';

@InputType()
class PackageSignatureInput {
  @Field(() => String) algorithm!: string;
  @Field(() => String) keyId!: string;
  @Field(() => String, { description: 'Base64.' }) signature!: string;
}

@InputType()
class AnnounceVersionInput {
  @Field(() => String) owner!: string;
  @Field(() => String) model!: string;
  @Field(() => String, { description: 'Semantic version without `v`.' }) version!: string;
  @Field(() => String, { description: 'Text of the package manifest.' }) package!: string;
  @Field(() => PackageSignatureInput, { nullable: true }) signature?: PackageSignatureInput | null;
  @Field(() => String, { nullable: true }) description?: string | null;
  @Field(() => ID, { nullable: true, description: 'The training run it came from.' }) runId?: string | null;
}

/** From an announcement to a version that everybody sees. */
@Resolver()
export class PublishResolver {
  constructor(private readonly registry: Pick<Registry, 'publishing'>) {}

  @Mutation(() => AnnounceResult, {
    nullable: true,
    description:
      'Announces a version and says which of its blobs are missing; they are PUT to the addresses given.',
  })
  async announceVersion(
    @Arg('input', () => AnnounceVersionInput) input: AnnounceVersionInput,
    @Ctx() { user }: RequestContext,
  ): Promise<Draft | ModelVersion | Problem> {
    const { package: packageText, signature, description, runId, ...name } = input;
    const outcome = await this.registry.publishing.announce({
      ...name,
      packageText,
      signature: signature ?? undefined,
      description: description ?? undefined,
      runId: runId ?? undefined,
      by: user,
    });
    if (isProblem(outcome)) return new Problem(outcome);
    if (outcome.kind === 'released') return new ModelVersion(outcome.version);
    const { draft, uploads } = outcome;
    return outcomeOf(Draft, { id: draft.id, expiresAt: draft.expiresAt, uploads });
  }

  @Mutation(() => ReleaseResult, {
    nullable: true,
    description: 'Checks every file of a draft and makes it a version.',
  })
  async releaseVersion(@Arg('draftId', () => ID) draftId: string): Promise<Release | Problem> {
    const outcome = await this.registry.publishing.release(draftId);
    if (isProblem(outcome)) return new Problem(outcome);
    return outcomeOf(Release, { version: new ModelVersion(outcome.version), created: outcome.created });
  }

  @Mutation(() => Boolean, {
    nullable: true,
    description: 'Gives a draft up; one that is not there is given up already.',
  })
  async abandonDraft(@Arg('draftId', () => ID) draftId: string): Promise<boolean> {
    await this.registry.publishing.abandon(draftId);
    return true;
  }
}
