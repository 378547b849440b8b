import { compatibility, type Purpose, type Verdict } from './compatibility.js';
import { classesInCommon } from './labels.js';
import type { ModelFacts } from './model-facts.js';

const order: Readonly<Record<Verdict['kind'], number>> = { exact: 0, calibrated: 1, impossible: 2 };

/**
 * Of several candidates the one that can best be combined with what is wanted; undefined where none can. Of equal verdicts the
 * one with most classes in common wins, then one of the same architecture, then the first.
 */
export function nearestAlternative<Candidate extends ModelFacts>(
  wanted: ModelFacts,
  others: readonly Candidate[],
  options: { readonly purpose?: Purpose } = {},
): { readonly model: Candidate; readonly verdict: Verdict } | undefined {
  const ranked = others
    .map((model) => ({
      model,
      verdict: compatibility(wanted, model, options),
      common: classesInCommon(wanted, model).length,
      isSameArchitecture: model.architecture === wanted.architecture,
    }))
    .filter(({ verdict }) => verdict.kind !== 'impossible')
    .sort(
      (a, b) =>
        order[a.verdict.kind] - order[b.verdict.kind] ||
        b.common - a.common ||
        Number(b.isSameArchitecture) - Number(a.isSameArchitecture),
    );
  const [best] = ranked;
  return best && { model: best.model, verdict: best.verdict };
}
