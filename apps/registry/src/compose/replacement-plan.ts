import type { Catalogue, VersionRecord } from '../catalogue/catalogue.js';
import { isProblem, type Problem } from '../problem/problem.js';
import { classIndices } from './class-indices.js';
import { compare, type Comparison } from './compare.js';
import { referenceOf } from './reference-of.js';

/** How a class of a weak model is repaired with a strong one; the repair itself trains a layer on images, which a registry does not do. */
export interface ReplacementPlan {
  readonly kind: 'plan';
  readonly comparison: Comparison;
  readonly className: string;
  /** Output positions of the class. */
  readonly weakClass: number;
  readonly strongClass: number;
  /** Commands in their order; empty where it is impossible. */
  readonly steps: readonly string[];
}

export async function planReplacement(
  catalogue: Pick<Catalogue, 'searchModules'>,
  weak: VersionRecord,
  strong: VersionRecord,
  className: string,
): Promise<ReplacementPlan | Problem> {
  const inWeak = classIndices(weak, [className]);
  if (isProblem(inWeak)) return inWeak;
  const [weakClass = 0] = inWeak.classes;
  const { name = className } = weak.manifest.classes[weakClass] ?? {};
  // By name: the same number may mean another class there.
  const inStrong = classIndices(strong, [name]);
  if (isProblem(inStrong)) return inStrong;
  const [strongClass = 0] = inStrong.classes;
  const comparison = await compare(catalogue, { version: weak }, { version: strong }, 'replace');
  const possible = comparison.verdict.kind !== 'impossible';
  return {
    kind: 'plan',
    comparison,
    className: name,
    weakClass,
    strongClass,
    steps: possible ? commands(weak, strong, weakClass, strongClass) : [],
  };
}

function commands(
  weak: VersionRecord,
  strong: VersionRecord,
  weakClass: number,
  strongClass: number,
): string[] {
  return [
    `moda pull ${referenceOf(weak)} --out weak`,
    `moda pull ${referenceOf(strong)} --out strong`,
    `moda replace --weak weak --strong strong --class ${weakClass} --strong-class ${strongClass} --out repaired`,
  ];
}
