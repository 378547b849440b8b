import { parseReference } from '@moda/module-library';
import type { Catalogue } from '../catalogue/catalogue.js';
import { checkChoice, checkTau } from '../compose/choice.js';
import { classIndices } from '../compose/class-indices.js';
import { isProblem, orProblem, type Problem } from '../problem/problem.js';
import type { Resolved } from './downloads.js';
import { findVersion } from './find-version.js';

/** What a reference means now; reads rows only. */
export async function resolveReference(
  catalogue: Catalogue,
  text: string,
  wantedTau?: number,
): Promise<Resolved | Problem> {
  const reference = await orProblem(() => parseReference(text));
  if (isProblem(reference)) return reference;
  const { owner, model, selector } = reference;
  const found = await findVersion(catalogue, { owner, model }, selector);
  if (isProblem(found)) return found;
  const { version } = found;
  const tau = wantedTau ?? version.tau;
  const wrongTau = checkTau(tau);
  if (wrongTau) return wrongTau;
  if (reference.classes.length === 0)
    return { kind: 'resolved', version, classes: undefined, tau, composition: undefined };
  const named = classIndices(version, reference.classes);
  if (isProblem(named)) return named;
  const choice = checkChoice(version, named.classes, tau);
  if (isProblem(choice)) return choice;
  const composition = await catalogue.composition(choice.id);
  return { kind: 'resolved', version, classes: named.classes, tau, composition };
}
