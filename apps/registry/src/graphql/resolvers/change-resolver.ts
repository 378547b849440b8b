import { nearestName } from '@moda/contracts';
import type { RequestContext } from '@moda/service-kit';
import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { ModelName, VersionState } from '../../catalogue/catalogue.js';
import { type Problem as DomainProblem, problem } from '../../problem/problem.js';
import { checkMovableAlias } from '../../publish/names.js';
import { Alias } from '../entities/alias.js';
import { ModelVersion } from '../entities/model-version.js';
import { AliasResult, VersionResult } from '../outcomes/changes.js';
import { Problem } from '../outcomes/problem.js';
import type { Registry } from '../registry.js';

const maxMessageCharacters = 1_000;

/** What can change about a released version: the names that point to it, and what readers are told. */
@Resolver()
export class ChangeResolver {
  constructor(private readonly registry: Pick<Registry, 'catalogue' | 'clock'>) {}

  @Mutation(() => AliasResult, {
    nullable: true,
    description: 'Lets an alias name another version; `latest` moves by itself.',
  })
  async moveAlias(
    @Arg('owner', () => String) owner: string,
    @Arg('model', () => String) model: string,
    @Arg('alias', () => String) alias: string,
    @Arg('to', () => String, { description: 'The version.' }) to: string,
    @Arg('reason', () => String, { nullable: true }) reason: string | undefined,
    @Ctx() { user }: RequestContext,
  ): Promise<Alias | Problem> {
    const name = { owner, model };
    const wrong = checkMovableAlias(alias) ?? checkMessage(reason ?? 'none');
    if (wrong) return new Problem(wrong);
    const change = { by: user, at: this.registry.clock(), reason: reason ?? undefined };
    const moved = await this.registry.catalogue.moveAlias(name, alias, to, change);
    return moved ? new Alias(moved) : new Problem(await this.unknownVersion(name, to));
  }

  @Mutation(() => VersionResult, { nullable: true, description: 'Advises against a version, and says why.' })
  async deprecate(
    @Arg('versionId', () => ID) versionId: string,
    @Arg('message', () => String) message: string,
    @Ctx() { user }: RequestContext,
  ): Promise<ModelVersion | Problem> {
    return this.setState(versionId, 'deprecated', message, user);
  }

  @Mutation(() => VersionResult, {
    nullable: true,
    description:
      'Withdraws a version, and says why: no search finds it, no alias names it, its digest stays.',
  })
  async yank(
    @Arg('versionId', () => ID) versionId: string,
    @Arg('message', () => String) message: string,
    @Ctx() { user }: RequestContext,
  ): Promise<ModelVersion | Problem> {
    return this.setState(versionId, 'yanked', message, user);
  }

  @Mutation(() => VersionResult, {
    nullable: true,
    description: 'Takes back that a version was deprecated or yanked.',
  })
  async restore(
    @Arg('versionId', () => ID) versionId: string,
    @Ctx() { user }: RequestContext,
  ): Promise<ModelVersion | Problem> {
    return this.setState(versionId, 'released', undefined, user);
  }

  private async setState(
    versionId: string,
    state: VersionState,
    message: string | undefined,
    by: string,
  ): Promise<ModelVersion | Problem> {
    const wrong = message === undefined ? undefined : checkMessage(message);
    if (wrong) return new Problem(wrong);
    const change = { by, at: this.registry.clock() };
    const version = await this.registry.catalogue.setState(versionId, state, message?.trim(), change);
    return version
      ? new ModelVersion(version)
      : new Problem(
          problem('VERSION_UNKNOWN', 'No version has this id; ask for it by its owner, model and version.'),
        );
  }

  private async unknownVersion(name: ModelName, version: string): Promise<DomainProblem> {
    const { items } = await this.registry.catalogue.versionsOf(name, { first: 100 });
    const movable = items.map(({ item }) => item).filter(({ state }) => state !== 'yanked');
    const nearest = nearestName(
      version,
      movable.map((item) => item.version),
    );
    return problem(
      'VERSION_UNKNOWN',
      `${name.owner}/${name.model} has no version ${JSON.stringify(version.slice(0, 100))} that an alias could name${nearest === undefined ? '; publish it first, or restore it' : `; did you mean ${nearest}?`}.`.replace(
        /\?\.$/,
        '?',
      ),
      nearest === undefined ? {} : { nearest },
    );
  }
}

function checkMessage(message: string): DomainProblem | undefined {
  const characters = message.trim().length;
  if (characters > 0 && characters <= maxMessageCharacters) return undefined;
  return problem(
    'USAGE',
    `A reason in 1 to ${maxMessageCharacters} characters is needed, not ${characters}; say in a sentence what readers should know.`,
  );
}
