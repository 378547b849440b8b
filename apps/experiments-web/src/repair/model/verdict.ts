import type { Gain } from './paired-interval';

/** Whether a repair is worth having. */
export interface Verdict {
  readonly isAccepted: boolean;
  /** One line. */
  readonly title: string;
  /** Why, in sentences. */
  readonly reasons: readonly string[];
}

/**
 * Accepts a repair only where the class gains and the interval of its gain leaves no doubt of it. What the other classes lose is said, and
 * does not turn an accepted repair down: whether it is worth it is for people to judge.
 *
 * @param name of the class
 */
export function verdictOf(name: string, target: Gain, others: Gain): Verdict {
  const isAccepted = target.lower > 0;
  return {
    isAccepted,
    title: isAccepted ? `Accepted: class ${name} is better.` : `Refused: ${refusal(name, target)}`,
    reasons: [reasonOfTarget(name, target), reasonOfOthers(others)],
  };
}

function refusal(name: string, { upper }: Gain): string {
  return upper < 0 ? `class ${name} is worse.` : `class ${name} is not shown to be better.`;
}

function reasonOfTarget(name: string, gain: Gain): string {
  const fact = `The accuracy of class ${name} changes by ${points(gain.mean)}, with 95 % confidence between ${points(gain.lower)} and ${points(gain.upper)}, on ${gain.count} test images.`;
  if (gain.lower > 0) return fact;
  if (gain.upper < 0) return `${fact} All of that is a loss.`;
  return `${fact} The interval contains zero, so the change may be chance.`;
}

function reasonOfOthers({ mean, lower, upper, count }: Gain): string {
  if (count === 0) return 'There are no test images of other classes.';
  const fact = `${points(mean)} (${points(lower)} to ${points(upper)}, ${count} images)`;
  if (upper < 0) return `The other classes lose: ${fact}.`;
  if (lower > 0) return `The other classes gain as well: ${fact}.`;
  return `The other classes do not change measurably: ${fact}.`;
}

/** A difference of accuracies in percentage points, with its sign. */
export function points(difference: number): string {
  const rounded = (100 * difference).toFixed(1);
  const text = rounded === '-0.0' ? '0.0' : rounded;
  return `${Number(text) > 0 ? '+' : text.startsWith('-') ? '−' : ''}${text.replace('-', '')} points`;
}
