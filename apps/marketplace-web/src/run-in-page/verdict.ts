import type { Tone } from '@moda/ui';
import type { CompositionFacts } from '../compose/compose-in-page';

export interface AnswerVerdict {
  readonly tone: Tone;
  readonly text: string;
}

/**
 * Whether an answer is right, where that is known.
 *
 * @param label output position of the right class in the parent
 * @param best position of the answer among the classes of the composition
 */
export function verdictOn(
  { classes, parentClasses }: Pick<CompositionFacts, 'classes' | 'parentClasses'>,
  label: number | undefined,
  best: number | undefined,
): AnswerVerdict | undefined {
  if (label === undefined || best === undefined) return undefined;
  const name = parentClasses[label] ?? String(label);
  if (!classes.some(({ index }) => index === label))
    return { tone: 'warn', text: `It is ${name}, which is not in the composition` };
  return classes[best]?.index === label
    ? { tone: 'good', text: 'Right' }
    : { tone: 'bad', text: `Wrong: it is ${name}` };
}
