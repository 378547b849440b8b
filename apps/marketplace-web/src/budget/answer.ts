import { formatAccuracy, formatBytes, formatCount } from '@moda/ui';
import { bestWithin, nearestOver } from './best-within';
import type { Budget, Offer, Overrun } from './budget';

/** What a search for models within a budget came to. */
export interface Answer<Some extends Offer> {
  /** The best that fit; else the one that is nearest to fitting. */
  readonly offers: readonly Some[];
  readonly fits: boolean;
  /** False while models are still asked. */
  readonly isWhole: boolean;
  readonly sentence: string;
}

interface Question<Some extends Offer> {
  readonly budget: Budget;
  readonly offers: readonly Some[];
  /** Models that are asked; undefined until it is known which. */
  readonly models: number | undefined;
  /** Models that have not answered yet. */
  readonly awaited: number;
}

/** The best offers, with a sentence for who does not see the table; none before every model has answered. */
export function answerTo<Some extends Offer>({
  budget,
  offers,
  models,
  awaited,
}: Question<Some>): Answer<Some> {
  if (models === undefined) return awaiting('Looking for models with these classes …');
  if (awaited > 0) return awaiting(`Asking ${counted(models)} for prices …`);
  const best = bestWithin(offers, budget);
  const [first] = best;
  if (first !== undefined) {
    const accuracy =
      first.accuracy === undefined ? 'its accuracy was not measured' : formatAccuracy(first.accuracy);
    const fitting = new Set(bestWithin(offers, budget, Infinity).map(({ of }) => of)).size;
    return {
      offers: best,
      fits: true,
      isWhole: true,
      sentence: `${fitting} of ${counted(models)} ${fitting === 1 ? 'fits' : 'fit'}. The best: ${nameOf(first)}, ${accuracy}.`,
    };
  }
  const nearest = nearestOver(offers, budget);
  if (nearest === undefined)
    return {
      offers: [],
      fits: false,
      isWhole: true,
      sentence: 'No model that goes with the cart and can be cut has all of these classes.',
    };
  return {
    offers: [nearest.offer],
    fits: false,
    isWhole: true,
    sentence: `Nothing fits. The nearest is ${nameOf(nearest.offer)}: ${overrun(nearest)}.`,
  };
}

function awaiting(sentence: string): Answer<never> {
  return { offers: [], fits: false, isWhole: false, sentence };
}

function overrun({ overBytes, overFlops }: Overrun<Offer>): string {
  const parts = [
    ...(overBytes > 0 ? [`${formatBytes(overBytes)} over`] : []),
    ...(overFlops > 0 ? [`${formatCount(overFlops)} FLOPs over`] : []),
  ];
  return parts.join(' and ');
}

const nameOf = ({ of, tau }: Offer): string => `${of} at τ ${tau}`;
const counted = (models: number): string => (models === 1 ? '1 model' : `${models} models`);
