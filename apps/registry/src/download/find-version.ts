import { nearestName } from '@moda/contracts';
import { latestAlias } from '@moda/module-library';
import type { Catalogue, ModelName, Selector, VersionRecord } from '../catalogue/catalogue.js';
import { type Problem, problem } from '../problem/problem.js';

/** Names that are looked through for what was most likely meant. */
const namesLookedAt = 100;

/** The version that a name stands for. A withdrawn one is to be had by its digest only. */
export async function findVersion(
  catalogue: Pick<Catalogue, 'version' | 'versionsOf' | 'modelNames' | 'aliases'>,
  name: ModelName,
  selector: Selector,
): Promise<{ readonly kind: 'version'; readonly version: VersionRecord } | Problem> {
  const version = await catalogue.version(name, selector);
  if (!version) return unknownVersion(catalogue, name, selector);
  if (version.state === 'yanked')
    return problem(
      'VERSION_YANKED',
      `${name.owner}/${name.model}@${version.version} was withdrawn${because(version)}; take another version, or this one by its digest ${version.digest}.`,
      { details: { digest: version.digest, reason: version.stateMessage } },
    );
  return { kind: 'version', version };
}

function because({ stateMessage }: VersionRecord): string {
  return stateMessage === undefined ? '' : ` (${stateMessage})`;
}

async function unknownVersion(
  catalogue: Pick<Catalogue, 'versionsOf' | 'modelNames' | 'aliases'>,
  name: ModelName,
  selector: Selector,
): Promise<Problem> {
  const versions = await catalogue.versionsOf(name, { first: namesLookedAt });
  const model = `${name.owner}/${name.model}`;
  if (versions.items.length === 0) return unknownModel(catalogue, name);
  const asked = selector.kind === 'version' ? selector.version : selector.alias;
  const usable = versions.items.filter(({ item }) => item.state !== 'yanked');
  const known = [
    ...usable.map(({ item }) => item.version),
    ...(await catalogue.aliases(name)).map(({ alias }) => alias),
  ];
  const nearest = nearestName(asked, known) ?? known[0];
  const wayOn = nearest === undefined ? 'all its versions were withdrawn.' : `there is ${model}@${nearest}.`;
  const what = selector.kind === 'version' ? `version ${asked}` : `alias ${asked}`;
  const fact = asked === latestAlias ? `${model} has no released version` : `${model} has no ${what}`;
  return problem('VERSION_UNKNOWN', `${fact}; ${wayOn}`, {
    nearest: nearest === undefined ? undefined : `${model}@${nearest}`,
  });
}

async function unknownModel(
  catalogue: Pick<Catalogue, 'modelNames'>,
  { owner, model }: ModelName,
): Promise<Problem> {
  const pages = await Promise.all([
    catalogue.modelNames({ first: namesLookedAt, owner }),
    catalogue.modelNames({ first: namesLookedAt }),
  ]);
  const names = pages.flatMap(({ items }) => items.map(({ item }) => `${item.owner}/${item.model}`));
  const nearest = nearestName(`${owner}/${model}`, [...new Set(names)]);
  const wayOn = nearest === undefined ? 'look for it with `moda search`.' : `did you mean ${nearest}?`;
  return problem('MODEL_UNKNOWN', `No model ${owner}/${model} is published here; ${wayOn}`, { nearest });
}
