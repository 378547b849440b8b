import { type Derivation, derivationDigest } from '@moda/module-format';
import type { VersionRecord } from '../catalogue/catalogue.js';
import { type Problem, problem } from '../problem/problem.js';
import { referenceOf } from './reference-of.js';

/** A set of classes that a version can be cut for, with the name that the cut has before it is made. */
export interface Choice {
  readonly kind: 'choice';
  readonly id: string;
  readonly derivation: Derivation;
}

/** A choice, or why the version cannot be cut so. */
export function checkChoice(
  version: Pick<VersionRecord, 'owner' | 'model' | 'version' | 'digest' | 'ratesDigest' | 'manifest'>,
  chosen: readonly number[],
  tau: number,
): Choice | Problem {
  const wrong = checkTau(tau) ?? checkClasses(version, chosen);
  if (wrong) return wrong;
  if (chosen.length === 0)
    return problem('USAGE', 'No class is given; name at least one class of the model.');
  if (version.ratesDigest === undefined)
    return problem(
      'RATES_MISSING',
      `${referenceOf(version)} was published without activation rates, so that it has no modules; run moda decompose on it and publish a new version.`,
    );
  const derivation: Derivation = {
    method: 'cut/1',
    parent: version.digest,
    rates: version.ratesDigest,
    classes: [...new Set(chosen)].sort((a, b) => a - b),
    tau,
  };
  return { kind: 'choice', id: derivationDigest(derivation), derivation };
}

export function checkTau(tau: number): Problem | undefined {
  if (tau >= 0 && tau <= 1) return undefined;
  return problem('USAGE', `The threshold tau is ${tau}; give a share from 0 to 1, e.g. 0.9.`, {
    details: { tau },
  });
}

/** What is wrong with output positions as they came from outside, if anything is. */
export function checkClasses(
  version: Pick<VersionRecord, 'owner' | 'model' | 'version' | 'manifest'>,
  classes: readonly number[],
): Problem | undefined {
  const count = version.manifest.classes.length;
  const unknown = classes.find((index) => !(Number.isInteger(index) && index >= 0 && index < count));
  if (unknown === undefined) return undefined;
  return problem(
    'CLASS_UNKNOWN',
    `${referenceOf(version)} has no class ${unknown}; its classes are 0 to ${count - 1}.`,
    { details: { class: unknown } },
  );
}
