import type { RunRowFragment } from '../graphql/generated/operations';
import { runFacts } from './run-facts';
import type { RunFilter } from './table-state';

/** The runs for which everything holds that the filter asks for, in the order they came. */
export function filterRuns(rows: readonly RunRowFragment[], filter: RunFilter): readonly RunRowFragment[] {
  const words = filter.q.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const { what, network, dataset, method } = runFacts(row);
    return (
      (filter.archived === 'any' || row.archived === (filter.archived === 'yes')) &&
      (filter.state.length === 0 || filter.state.includes(row.state)) &&
      (filter.experiment === '' || row.experimentName === filter.experiment) &&
      (filter.network === '' || network === filter.network) &&
      (filter.dataset === '' || dataset === filter.dataset) &&
      (filter.method === '' || method === filter.method) &&
      (filter.what === '' || what === filter.what) &&
      (filter.tag === '' || row.tags.includes(filter.tag)) &&
      (words.length === 0 || holdsAll(row, words))
    );
  });
}

function holdsAll(row: RunRowFragment, words: readonly string[]): boolean {
  const { what, network, dataset, method } = runFacts(row);
  const text = [row.name, row.id, row.experimentName, what, network, dataset, method, ...row.tags]
    .join('\n')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

/** What there is to choose from, in the order of the alphabet. */
export interface FilterChoices {
  readonly experiment: readonly string[];
  readonly network: readonly string[];
  readonly dataset: readonly string[];
  readonly method: readonly string[];
  readonly what: readonly string[];
  readonly tag: readonly string[];
}

export function filterChoices(rows: readonly RunRowFragment[]): FilterChoices {
  const sorted = (values: Iterable<string | null>): readonly string[] =>
    [...new Set(values)].filter((value) => value !== null).sort((a, b) => a.localeCompare(b, 'en'));
  const facts = rows.map(runFacts);
  return {
    experiment: sorted(rows.map(({ experimentName }) => experimentName)),
    network: sorted(facts.map(({ network }) => network)),
    dataset: sorted(facts.map(({ dataset }) => dataset)),
    method: sorted(facts.map(({ method }) => method)),
    what: sorted(facts.map(({ what }) => what)),
    tag: sorted(rows.flatMap(({ tags }) => tags)),
  };
}
