import { nearestName } from '@moda/contracts';
import { type Problem, problem } from '../problem/problem.js';
import type { SourceModel } from './source-model.js';

const maxListed = 12;

/**
 * The index of a class that a person named: by name, upper and lower case alike, or by number. Names come first: in a model of the digits
 * 3, 5 and 8 the class "3" is the digit.
 */
export function findClass(text: string, { classes }: SourceModel, runId: string): number | Problem {
  const wanted = text.trim().toLowerCase();
  const byName = classes.findIndex(({ name }) => name.toLowerCase() === wanted);
  if (byName >= 0) return byName;
  if (/^\d{1,6}$/.test(wanted) && Number(wanted) < classes.length) return Number(wanted);
  const names = classes.map(({ name }) => name);
  const nearest = nearestName(wanted, names);
  const listed = names.slice(0, maxListed).join(', ');
  const more = names.length > maxListed ? `, and ${names.length - maxListed} more` : '';
  const way = nearest === undefined ? `it has ${listed}${more}` : `perhaps ${nearest} is meant`;
  return problem('CLASS_UNKNOWN', `The model of run ${runId} has no class ${JSON.stringify(text)}; ${way}.`, {
    details: { class: text, runId },
    ...(nearest !== undefined && { nearest }),
  });
}
