import {
  compatibility,
  type ModelFacts,
  nearestAlternative,
  type Purpose,
  type Verdict,
} from '@moda/moda/surgery';
import { derivationDigest } from '@moda/module-format';
import type { Catalogue, VersionRecord } from '../catalogue/catalogue.js';
import { referenceOf } from './reference-of.js';

/** A version, or some classes of it. */
export interface ComparedModel {
  readonly version: VersionRecord;
  /** Output positions; the whole model where left out. */
  readonly classes?: readonly number[] | undefined;
  readonly tau?: number;
}

export interface Comparison {
  readonly kind: 'verdict';
  readonly verdict: Verdict;
  /** Reference of a published model that would do instead of the second one, where that is impossible. */
  readonly nearest?: string;
}

/** Published models that are looked at for an alternative. */
const alternativesLookedAt = 50;

/** Whether two models go together, from rows alone: no blob is read. */
export async function compare(
  catalogue: Pick<Catalogue, 'searchModules'>,
  a: ComparedModel,
  b: ComparedModel,
  purpose: Purpose,
): Promise<Comparison> {
  const verdict = compatibility(factsOf(a), factsOf(b), { purpose });
  if (verdict.kind !== 'impossible') return { kind: 'verdict', verdict };
  const nearest = await alternativeTo(catalogue, a, b, purpose);
  return { kind: 'verdict', verdict, ...(nearest === undefined ? {} : { nearest }) };
}

function factsOf({ version, classes, tau = version.tau }: ComparedModel): ModelFacts {
  const { digest, manifest, input, architecture, ratesDigest } = version;
  const facts: ModelFacts = {
    digest,
    // A package that was itself cut names the one it was cut from.
    parentDigest: manifest.derivedFrom?.find(({ role }) => role === 'base')?.digest,
    input,
    classes: manifest.classes,
    dataset: manifest.dataset,
    architecture,
    hasRates: ratesDigest !== undefined,
  };
  if (classes === undefined || ratesDigest === undefined) return facts;
  const derivation = { method: 'cut/1' as const, parent: digest, rates: ratesDigest, classes, tau };
  return {
    ...facts,
    digest: derivationDigest(derivation),
    parentDigest: digest,
    classes: classes.flatMap((index) => manifest.classes[index] ?? []),
  };
}

/** The published model with the first of b's classes that goes best with a. */
async function alternativeTo(
  catalogue: Pick<Catalogue, 'searchModules'>,
  a: ComparedModel,
  b: ComparedModel,
  purpose: Purpose,
): Promise<string | undefined> {
  const { manifest } = b.version;
  const wanted = manifest.classes[b.classes?.[0] ?? 0];
  if (!wanted) return undefined;
  const page = await catalogue.searchModules(
    { className: wanted.name, input: a.version.input },
    'mostAccurate',
    { first: alternativesLookedAt },
  );
  const others = page.items
    .map(({ item }) => item)
    .filter(({ module, version }) => module.className === wanted.name && version.digest !== b.version.digest)
    .map(({ module, version }) => {
      const facts = factsOf({ version, classes: [module.classIndex], tau: version.tau });
      return { ...facts, reference: referenceOf(version, module.className) };
    });
  return nearestAlternative(factsOf(a), others, { purpose })?.model.reference;
}
