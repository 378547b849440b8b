import { classesInCommon, conflictOfLabels } from './labels.js';
import type { ModelFacts } from './model-facts.js';

/** Where two models differ so that they cannot be combined. */
export type Difference = 'input' | 'labels' | 'normalisation' | 'rates';

/**
 * Whether two models can be combined:
 * - `exact`: both come from one model, so that cutting it for the union of their classes gives what the whole would give;
 * - `calibrated`: from different models over the same kind of images, so that a layer has to learn to compare their outputs;
 * - `impossible`, naming all that differs.
 *
 * `reason` is a sentence for people.
 */
export type Verdict =
  | { readonly kind: 'exact'; readonly reason: string }
  | { readonly kind: 'calibrated'; readonly reason: string }
  | { readonly kind: 'impossible'; readonly reason: string; readonly differs: readonly Difference[] };

/** What is to be done: put the classes of both into one model, or replace a class of one by the other's module for it. */
export type Purpose = 'compose' | 'replace';

/**
 * The verdict on two models, from facts alone; of the same kind whichever comes first.
 *
 * One model, or two cuts of one (or a model and its own cut) are `exact` as long as a whole model among them has its rates.
 * Otherwise both need the same input shape, the same normalisation (an unknown one is not the same) and, where they are whole,
 * rates to be cut by. Their classes may differ for composing, unless two models of one data set disagree about what a label is
 * called; for replacing, a class has to have the same name in both.
 */
export function compatibility(
  a: ModelFacts,
  b: ModelFacts,
  { purpose = 'compose' }: { readonly purpose?: Purpose } = {},
): Verdict {
  const problems: { readonly differs: Difference; readonly fact: string }[] = [];
  const isOneModel = originOf(a) === originOf(b);
  if (!isOneModel) {
    const [inputs, normalisations] = [inputFact(a, b), normalisationFact(a, b)];
    if (inputs !== undefined) problems.push({ differs: 'input', fact: inputs });
    if (normalisations !== undefined) problems.push({ differs: 'normalisation', fact: normalisations });
  }
  const labels = labelsFact(a, b, purpose, isOneModel);
  if (labels !== undefined) problems.push({ differs: 'labels', fact: labels });
  const withoutRates = [a, b].filter(({ parentDigest, hasRates }) => parentDigest === undefined && !hasRates);
  if (withoutRates.length > 0) {
    problems.push({
      differs: 'rates',
      fact:
        withoutRates.length === 2 && !isOneModel
          ? 'neither model has the activation rates by which modules are cut; decompose them and publish them with their rates'
          : 'a whole model lacks the activation rates by which modules are cut; decompose it and publish it with them',
    });
  }
  if (problems.length > 0) {
    return {
      kind: 'impossible',
      reason: sentence(problems.map(({ fact }) => fact).join('; ')),
      differs: problems.map(({ differs }) => differs),
    };
  }
  return isOneModel ? exact(a, b) : calibrated(a, b, purpose);
}

/** The model whose parameters it has: its parent, or itself. */
function originOf({ digest, parentDigest }: ModelFacts): string {
  return parentDigest ?? digest;
}

function exact(a: ModelFacts, b: ModelFacts): Verdict {
  const which = a.digest === b.digest ? 'Both are the same model' : 'Both come from the same model';
  return {
    kind: 'exact',
    reason: `${which}, so cutting it for the union of their classes gives exactly what it would itself answer.`,
  };
}

function calibrated(a: ModelFacts, b: ModelFacts, purpose: Purpose): Verdict {
  const who =
    a.architecture === b.architecture
      ? `Two ${a.architecture} models`
      : 'Two models of different architectures';
  const need =
    purpose === 'replace'
      ? 'a layer has to learn how the new output compares with the others'
      : 'a layer has to learn how their outputs compare';
  return {
    kind: 'calibrated',
    reason: `${who} take the same images, but were trained apart; ${need}, on images of their classes.`,
  };
}

function inputFact({ input: a }: ModelFacts, { input: b }: ModelFacts): string | undefined {
  const sizes = [a, b].map(({ height, width, channels }) => `${height}x${width}x${channels}`);
  return sizes[0] === sizes[1] ? undefined : `one takes images of ${sizes[0]}, the other of ${sizes[1]}`;
}

function normalisationFact({ dataset: a }: ModelFacts, { dataset: b }: ModelFacts): string | undefined {
  if (!a || !b) {
    return `${a || b ? 'one of them does' : 'they do'} not say how the images are normalised`;
  }
  const [x, y] = [a.normalisation, b.normalisation].map(
    ({ mean, std }) => `${mean.join(', ')} / ${std.join(', ')}`,
  );
  return x === y ? undefined : `their images are normalised by different means and deviations: ${x} and ${y}`;
}

function labelsFact(a: ModelFacts, b: ModelFacts, purpose: Purpose, isOneModel: boolean): string | undefined {
  if (purpose === 'replace' && classesInCommon(a, b).length === 0) {
    return 'they have no class of the same name, so there is none to replace';
  }
  return isOneModel ? undefined : conflictOfLabels(a, b);
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
