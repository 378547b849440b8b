import { gateway } from '../../gateway/browser-client';
import { DerivedRunsDocument, type DerivedRunsQuery } from '../../graphql/generated/operations';

export type DerivedRun = NonNullable<DerivedRunsQuery['runs']>['edges'][number]['node'];

/** Pages that are looked through: 500 runs of one experiment. */
const maxPages = 5;

/** Runs of the same experiment that were made of one of these runs, or of a decomposition of it; the newest first. */
export async function derivedRuns(
  experiment: string,
  sources: readonly string[],
  signal?: AbortSignal,
): Promise<DerivedRun[]> {
  const runs: DerivedRun[] = [];
  let after: string | null = null;
  for (let page = 0; page < maxPages; page++) {
    const answer: DerivedRunsQuery = await gateway.ask(DerivedRunsDocument, { experiment, after }, signal);
    runs.push(...(answer.runs?.edges.map(({ node }) => node) ?? []));
    if (answer.runs?.pageInfo.hasNextPage !== true) break;
    after = answer.runs.pageInfo.endCursor;
  }
  return madeOf(sources, runs);
}

/** Those that were made of the sources, directly or of a decomposition of them, which is the same model with its rates. */
export function madeOf<Run extends Pick<DerivedRun, 'id' | 'task'>>(
  sources: readonly string[],
  runs: readonly Run[],
): Run[] {
  const isFrom = ({ task }: Run, ids: readonly string[]): boolean => ids.includes(sourceOf(task) ?? '');
  const decomposed = runs.filter((run) => kindOf(run.task) === 'decompose' && isFrom(run, sources));
  const models = [...sources, ...decomposed.map(({ id }) => id)];
  return runs.filter((run) => isFrom(run, models));
}

/** The run that a task was made of, where it was made of one. */
export function sourceOf(task: Readonly<Record<string, unknown>>): string | undefined {
  return typeof task['run'] === 'string' ? task['run'] : undefined;
}

export function kindOf(task: Readonly<Record<string, unknown>>): string {
  return typeof task['kind'] === 'string' ? task['kind'] : 'train';
}
