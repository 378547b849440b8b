'use client';
import {
  ButtonLink,
  Checkbox,
  EmptyState,
  ErrorNote,
  LiveNote,
  PageHeader,
  ShortcutHelp,
  TableExport,
  useShortcuts,
} from '@moda/ui';
import { GatewayError } from '@moda/gateway-client';
import { isTerminal } from '@moda/contracts';
import { useRouter } from 'next/navigation';
import { useCallback, useMemo, useState } from 'react';
import { useKnownRuns } from '../run-store/run-store-context';
import { useAllRuns } from '../run-store/use-all-runs';
import { useRunProgress } from '../run-store/use-run-progress';
import { BulkBar } from './bulk-bar';
import { ColumnMenu } from './column-menu';
import { exportColumns } from './export-rows';
import { FilterBar } from './filter-bar';
import { filterChoices, filterRuns } from './filter-runs';
import type { FirstRuns } from './load-first-runs';
import { shownColumns } from './run-columns';
import { RunTable } from './run-table';
import { runShortcuts } from './run-shortcuts';
import { readSort } from './sort-runs';
import { groupedRows, openKey, runRows, type TableRow } from './table-rows';
import type { TableState } from './table-address';
import { useEnterKey } from './use-enter-key';
import { useSelection } from './use-selection';
import { useTableState } from './use-table-state';
import { ViewsMenu } from './views-menu';

/** Every run there is, to be searched, sorted, grouped, followed, selected. */
export function RunTablePage({ first }: { readonly first: FirstRuns }) {
  const { state, setState, unknownView, written } = useTableState();
  const router = useRouter();
  const known = useKnownRuns(first.rows);
  const all = useAllRuns(state.archived);
  const total = all.total ?? first.total;

  const shown = useMemo(() => filterRuns(known, state), [known, state]);
  const choices = useMemo(() => filterChoices(known), [known]);
  const columns = useMemo(() => shownColumns(state.columns), [state.columns]);
  const rows = useMemo(() => {
    const sort = readSort(state.sort);
    return state.group ? groupedRows(shown, sort, new Set(state.open)) : runRows(shown, sort);
  }, [shown, state.sort, state.group, state.open]);
  useRunProgress(shown.filter((run) => !isTerminal(run.state)).map(({ id }) => id));

  const setSelectedIds = useCallback(
    (ids: readonly string[]) => setState({ selected: ids.length === 0 ? null : [...ids] }),
    [setState],
  );
  const [selected, select] = useSelection(state.selected, setSelectedIds);
  const selectedRuns = useMemo(() => known.filter(({ id }) => selected.has(id)), [known, selected]);

  const [cursor, setCursor] = useState<string | null>(null);
  const cursorRow = rows.find(({ key }) => key === cursor);
  const toggle = useCallback(
    (key: string) =>
      setState(({ open }) => ({
        open: open.includes(key) ? open.filter((own) => own !== key) : [...open, key],
      })),
    [setState],
  );
  const go = (address: string) => void written().then(() => router.push(address));
  const openRow = (row: TableRow): void => {
    if (row.kind === 'group') toggle(openKey(row.group));
    else go(`/runs/${row.run.id}`);
  };
  const compare = (): void => {
    if (selected.size > 0) go(`/compare?runs=${[...selected].slice(0, 20).join(',')}`);
  };
  const move = (step: number): void => {
    const at = rows.findIndex(({ key }) => key === cursor);
    const next = rows[at === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))];
    if (next !== undefined) setCursor(next.key);
  };
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    x: () => {
      if (cursorRow === undefined) return;
      const ids = cursorRow.kind === 'run' ? [cursorRow.run.id] : cursorRow.group.runs.map(({ id }) => id);
      const isOn = ids.every((id) => selected.has(id));
      const others = [...selected].filter((id) => !ids.includes(id));
      select(new Set(isOn ? others : [...others, ...ids]));
    },
    c: compare,
  });
  useEnterKey(() => {
    if (cursorRow !== undefined) openRow(cursorRow);
  });

  return (
    <>
      <PageHeader
        title="Runs"
        subtitle={<Count shown={shown.length} total={total} known={known.length} />}
        actions={
          <>
            <LiveNote live={all.pause === undefined} />
            <ButtonLink kind="primary" href="/new">
              New run
            </ButtonLink>
          </>
        }
      />
      {all.error instanceof GatewayError && (
        <ErrorNote
          code={all.error.code}
          message={all.error.message}
          traceId={all.error.traceId}
          onRetry={all.retry}
        />
      )}
      {known.length === 0 && total === 0 ? (
        <NoRuns />
      ) : (
        <>
          {unknownView !== undefined && (
            <p className="m-muted" role="status">
              The view “{unknownView}” is kept in the browser in which it was made, and this is another one:
              all runs are shown.
            </p>
          )}
          <FilterBar filter={filterOf(state)} choices={choices} onChange={setState} />
          <div className="m-table-tools">
            <BulkBar selected={selectedRuns} onCompare={compare} onClear={() => select(new Set())} />
            <div className="m-table-tools__end">
              <Checkbox
                label="Group by configuration"
                checked={state.group}
                onChange={(group) => setState({ group })}
              />
              <ViewsMenu state={state} onChoose={setState} />
              <ColumnMenu keys={state.columns} onChange={(keys) => setState({ columns: keys })} />
              <TableExport name="runs" columns={exportColumns(columns, state.group)} rows={rows} />
            </div>
          </div>
          <RunTable
            rows={rows}
            columns={columns}
            grouped={state.group}
            sort={state.sort}
            onSort={(sort) => setState({ sort })}
            selected={selected}
            onSelect={select}
            cursor={cursor}
            onCursor={setCursor}
            onOpen={openRow}
            onToggle={toggle}
          />
        </>
      )}
      <ShortcutHelp shortcuts={runShortcuts} />
    </>
  );
}

function filterOf(state: TableState): Parameters<typeof filterRuns>[1] {
  const { q, experiment, network, dataset, method, what, tag, archived } = state;
  return { q, state: state.state, experiment, network, dataset, method, what, tag, archived };
}

function Count(props: { readonly shown: number; readonly known: number; readonly total: number | null }) {
  const { shown, known, total } = props;
  if (total === null && known === 0) return <>Looking for runs.</>;
  const whole = Math.max(total ?? 0, known);
  const loading = total !== null && known < total ? `, ${known} loaded` : '';
  return (
    <>
      {shown} of {whole} runs{loading}
    </>
  );
}

function NoRuns() {
  return (
    <EmptyState
      title="There is no run yet"
      command="npx moda runs submit --arch lenet5 --epochs 10 --experiment first --watch"
      actions={
        <ButtonLink kind="primary" href="/new">
          New run
        </ButtonLink>
      }
    >
      Submit one here or from a terminal; it appears in this table by itself.
    </EmptyState>
  );
}
