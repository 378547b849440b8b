import { Arg, Args, ArgsType, Field, Float, InputType, Mutation, Query, Resolver } from 'type-graphql';
import { isProblem } from '../../problem/problem.js';
import { Composition } from '../entities/composition.js';
import { ModelVersion } from '../entities/model-version.js';
import {
  ConfirmResult,
  Download,
  DownloadConfirmation,
  DownloadInclude,
  DownloadResult,
  Resolved,
  ResolveResult,
} from '../outcomes/download.js';
import { outcomeOf } from '../outcomes/outcome-of.js';
import { Problem } from '../outcomes/problem.js';
import type { Registry } from '../registry.js';

@ArgsType()
class DownloadArguments {
  @Field(() => String, { nullable: true, description: '`owner/model`, `owner/model/class,class@version`, …' })
  reference?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Of a package or of a derivation, instead of a reference.',
  })
  digest?: string | null;
  @Field(() => Float, { nullable: true, description: "Threshold, 0..1; the version's own if left out." })
  tau?: number | null;
  @Field(() => DownloadInclude, { defaultValue: DownloadInclude.all }) include!: DownloadInclude;
}

@InputType({ description: 'Who got the weights.' })
class ClientInput {
  @Field(() => String, { description: 'An opaque name that stays the same.' }) id!: string;
  @Field(() => Boolean, { defaultValue: false, description: 'A test machine, which does not count.' })
  ci!: boolean;
}

/** What a name means, and where its bytes are. */
@Resolver()
export class DownloadResolver {
  constructor(private readonly registry: Pick<Registry, 'downloads'>) {}

  @Query(() => ResolveResult, { nullable: true, description: 'What a reference means now.' })
  async resolve(
    @Arg('reference', () => String) reference: string,
    @Arg('tau', () => Float, { nullable: true }) tau: number | undefined,
  ): Promise<Resolved | Problem> {
    const outcome = await this.registry.downloads.resolve(reference, tau ?? undefined);
    if (isProblem(outcome)) return new Problem(outcome);
    return outcomeOf(Resolved, {
      version: new ModelVersion(outcome.version),
      classes: outcome.classes,
      tau: outcome.tau,
      composition: outcome.composition && new Composition(outcome.composition),
    });
  }

  @Query(() => DownloadResult, {
    nullable: true,
    description: 'Addresses of the files of a model, a module or a composition.',
  })
  async download(@Args(() => DownloadArguments) request: DownloadArguments): Promise<Download | Problem> {
    const { reference, digest, tau, include } = request;
    const outcome = await this.registry.downloads.download({
      reference: reference ?? undefined,
      digest: digest ?? undefined,
      tau: tau ?? undefined,
      include,
    });
    if (isProblem(outcome)) return new Problem(outcome);
    const { derivation, packageText, signature, manifestText, files, expiresAt, ticket } = outcome;
    return outcomeOf(Download, {
      digest: outcome.digest,
      derivation,
      packageText,
      signature,
      manifestText,
      files,
      expiresAt,
      ticket,
    });
  }

  @Mutation(() => ConfirmResult, {
    nullable: true,
    description: 'Says that the weights of a download are there, whole.',
  })
  async confirmDownload(
    @Arg('ticket', () => String) ticket: string,
    @Arg('client', () => ClientInput) { id, ci }: ClientInput,
  ): Promise<DownloadConfirmation | Problem> {
    const outcome = await this.registry.downloads.confirm(ticket, { id, ci });
    return isProblem(outcome)
      ? new Problem(outcome)
      : outcomeOf(DownloadConfirmation, { first: outcome.first });
  }
}
