import type { RunRowFragment } from '../graphql/generated/operations';
import type { RunGroup } from './group-runs';
import { groupRuns } from './group-runs';
import { type RunSort, sortRuns } from './sort-runs';

/** One row of the table: a run, or runs that differ in nothing but their seed. */
export type TableRow =
  | { readonly kind: 'run'; readonly key: string; readonly run: RunRowFragment; readonly inGroup: boolean }
  | { readonly kind: 'group'; readonly key: string; readonly group: RunGroup; readonly open: boolean };

/** Rows of single runs, in order. */
export function runRows(runs: readonly RunRowFragment[], sort: RunSort): readonly TableRow[] {
  return sortRuns(runs, sort).map((run) => rowOf(run, false));
}

/**
 * Rows of groups, each followed by its runs where it is open. Groups are sorted by what they show: means where there are means, else the
 * first of their runs. A group of one run is that run.
 */
export function groupedRows(
  runs: readonly RunRowFragment[],
  sort: RunSort,
  open: ReadonlySet<string>,
): readonly TableRow[] {
  const groups = sortGroups(groupRuns(sortRuns(runs, sort)), sort);
  return groups.flatMap((group): readonly TableRow[] => {
    if (group.runs.length === 1) return [rowOf(group.runs[0]!, false)];
    const key = groupRowKey(group);
    const isOpen = open.has(openKey(group));
    const row: TableRow = { kind: 'group', key, group, open: isOpen };
    return isOpen ? [row, ...group.runs.map((run) => rowOf(run, true))] : [row];
  });
}

/** What the address says of an open group: the id of its oldest run, which stays the oldest while more runs come. */
export function openKey({ runs }: RunGroup): string {
  return runs.reduce((oldest, run) => (run.createdAt < oldest.createdAt ? run : oldest)).id;
}

function groupRowKey(group: RunGroup): string {
  return `group:${group.key}`;
}

const singleRows = new WeakMap<RunRowFragment, TableRow>();
const innerRows = new WeakMap<RunRowFragment, TableRow>();

/** The same row for the same run, so that only what changed is drawn again. */
function rowOf(run: RunRowFragment, inGroup: boolean): TableRow {
  const rows = inGroup ? innerRows : singleRows;
  const before = rows.get(run);
  if (before !== undefined) return before;
  const row: TableRow = { kind: 'run', key: run.id, run, inGroup };
  rows.set(run, row);
  return row;
}

function sortGroups(groups: readonly RunGroup[], { column, descending }: RunSort): readonly RunGroup[] {
  const mean = (group: RunGroup): number | undefined =>
    (column.key === 'accuracy' ? group.accuracy : group.seconds)?.mean;
  // For any other column the groups stand in the order of their first runs, which are sorted by it already.
  if (column.key !== 'accuracy' && column.key !== 'seconds') return groups;
  const last = descending ? -Infinity : Infinity;
  const sign = descending ? -1 : 1;
  return [...groups].sort((a, b) => {
    const [left, right] = [mean(a) ?? last, mean(b) ?? last];
    return left === right ? 0 : sign * (left - right);
  });
}

/** The rows that look selected: every selected run, and every group all of whose runs are. */
export function selectedRows(rows: readonly TableRow[], selected: ReadonlySet<string>): ReadonlySet<string> {
  const groups = rows.filter(
    (row) => row.kind === 'group' && row.group.runs.every(({ id }) => selected.has(id)),
  );
  return new Set([...selected, ...groups.map(({ key }) => key)]);
}

/** The selected runs after rows were selected or let go: a group stands for all of its runs. */
export function selectRows(
  rows: readonly TableRow[],
  selected: ReadonlySet<string>,
  chosen: ReadonlySet<string>,
): ReadonlySet<string> {
  const before = selectedRows(rows, selected);
  const after = new Set([...chosen].filter((key) => !key.startsWith('group:')));
  for (const row of rows) {
    if (row.kind !== 'group' || before.has(row.key) === chosen.has(row.key)) continue;
    for (const { id } of row.group.runs) {
      if (chosen.has(row.key)) after.add(id);
      else after.delete(id);
    }
  }
  return after;
}
