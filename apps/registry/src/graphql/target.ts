import { ArgsType, Field, Float, ID, Int } from 'type-graphql';
import type { Catalogue, VersionRecord } from '../catalogue/catalogue.js';
import { isProblem, type Problem, problem } from '../problem/problem.js';
import type { Fields } from './fields.js';
import type { Registry } from './registry.js';

@ArgsType()
export class TargetArguments {
  @Field(() => String, { nullable: true, description: '`owner/model`, `owner/model/class,class@version`, …' })
  reference?: string | null;
  @Field(() => ID, { nullable: true, description: 'Instead of a reference.' }) versionId?: string | null;
  @Field(() => String, { nullable: true, description: 'Of the package, instead of a reference.' })
  digest?: string | null;
  @Field(() => [Int], {
    nullable: true,
    description: 'Output positions; left out where the reference names classes.',
  })
  classes?: number[] | null;
  @Field(() => Float, { nullable: true, description: "Threshold, 0..1; the version's own if left out." })
  tau?: number | null;
}

/** A version and perhaps some of its classes, at a threshold. */
export interface Target {
  readonly kind: 'target';
  readonly version: VersionRecord;
  /** Output positions; undefined for the whole model. */
  readonly classes: readonly number[] | undefined;
  readonly tau: number;
}

/** What a question is about. */
export async function findTarget(
  { catalogue, downloads }: Pick<Registry, 'catalogue' | 'downloads'>,
  { reference, versionId, digest, classes, tau }: Fields<TargetArguments>,
): Promise<Target | Problem> {
  if (reference != null) {
    const resolved = await downloads.resolve(reference, tau ?? undefined);
    if (isProblem(resolved)) return resolved;
    return {
      kind: 'target',
      version: resolved.version,
      classes: classes ?? resolved.classes,
      tau: resolved.tau,
    };
  }
  const version =
    versionId != null ? await catalogue.versionById(versionId) : await byDigest(catalogue, digest);
  if (version !== undefined)
    return { kind: 'target', version, classes: classes ?? undefined, tau: tau ?? version.tau };
  return problem(
    'VERSION_UNKNOWN',
    'No version is known by this id or digest; give a reference such as owner/model@1.0.0.',
  );
}

async function byDigest(
  catalogue: Pick<Catalogue, 'versionsByDigest'>,
  digest: string | null | undefined,
): Promise<VersionRecord | undefined> {
  return digest == null ? undefined : (await catalogue.versionsByDigest(digest))[0];
}

/** A model or some of its classes, by reference or by the digest of a package. */
export function findNamed(
  registry: Pick<Registry, 'catalogue' | 'downloads'>,
  name: string,
): Promise<Target | Problem> {
  return findTarget(registry, name.startsWith('sha256:') ? { digest: name } : { reference: name });
}
