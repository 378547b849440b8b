'use client';
import { EmptyState, ErrorNote, PageHeader, ButtonLink, ShortcutHelp, Skeleton } from '@moda/ui';
import { GatewayError } from '@moda/gateway-client';
import { isTerminal } from '@moda/contracts';
import { useQuery } from '@tanstack/react-query';
import { useQueryStates } from 'nuqs';
import { useEffect, useMemo } from 'react';
import { gateway } from '../gateway/browser-client';
import { RunPageDocument, type RunRowFragment } from '../graphql/generated/operations';
import { useKnownRuns, useRunStore } from '../run-store/run-store-context';
import { useRunProgress } from '../run-store/use-run-progress';
import { ComparedCurves } from './compared-curves';
import { ComparedRuns } from './compared-runs';
import { compareParsers, maxCompared } from './compare-state';
import { ConfigurationPanel } from './configuration-panel';
import type { NamesByRun } from './metric-names';
import { OutcomePanel } from './outcome-panel';
import { ParallelPanel } from './parallel-panel';
import { RunPicker } from './run-picker';
import { type StreamedRow, streamedCurves } from './streamed-rows';

const compareKeys = [{ key: '/', does: 'Search a run to add' }] as const;

/** Up to 20 runs side by side: curves, settings, outcomes. The address says everything. */
export function ComparePage(props: {
  readonly first: readonly RunRowFragment[];
  /** Names of their metrics. */
  readonly names: NamesByRun;
  /** Their curves, as they come. */
  readonly rows: readonly StreamedRow[];
}) {
  const { first, names, rows } = props;
  const streamed = useMemo(() => streamedCurves(rows), [rows]);
  const [{ runs: ids, hidden }, set] = useQueryStates(compareParsers);
  const compared = useMemo(() => [...new Set(ids)].slice(0, maxCompared), [ids]);
  const store = useRunStore();
  const known = useKnownRuns(first);
  const missing = compared.filter((id) => !known.some((run) => run.id === id));
  const lookup = useQuery({
    queryKey: ['runs', 'compared', missing],
    queryFn: ({ signal }) =>
      gateway.ask(
        RunPageDocument,
        { first: maxCompared, order: 'newest', criteria: { ids: missing, archived: 'any' } },
        signal,
      ),
    enabled: missing.length > 0,
  });
  useEffect(() => {
    if (lookup.data?.runs != null) store.put(lookup.data.runs.edges.map(({ node }) => node));
  }, [lookup.data, store]);
  const runs = useMemo(
    () => compared.flatMap((id) => known.find((run) => run.id === id) ?? []),
    [compared, known],
  );
  useRunProgress(runs.filter(({ state }) => !isTerminal(state)).map(({ id }) => id));
  const setRuns = (next: readonly string[]): void => void set({ runs: [...next], hidden: null });
  const toggle = (id: string): void =>
    void set({ hidden: hidden.includes(id) ? hidden.filter((own) => own !== id) : [...hidden, id] });

  return (
    <>
      <PageHeader
        title="Compare"
        subtitle={`${runs.length} of at most ${maxCompared} runs. The address holds this comparison: share it.`}
        actions={<ButtonLink href="/">Choose in the table</ButtonLink>}
      />
      <RunPicker chosen={compared} onAdd={(id) => setRuns([...compared, id])} />
      {lookup.error instanceof GatewayError && (
        <ErrorNote
          code={lookup.error.code}
          message={lookup.error.message}
          traceId={lookup.error.traceId}
          onRetry={() => void lookup.refetch()}
        />
      )}
      {compared.length === 0 && (
        <EmptyState title="No run is chosen" command="npx moda runs list">
          Search for one above, or select runs in the table and press c.
        </EmptyState>
      )}
      {runs.length === 0 && compared.length > 0 && !lookup.isFetched && <Skeleton height="24rem" />}
      {lookup.isFetched && missing.length > 0 && lookup.data !== undefined && (
        <EmptyState title={`${missing.length} of these runs are not known`}>
          Take them out of the address: {missing.join(', ')}.
        </EmptyState>
      )}
      {runs.length > 0 && (
        <>
          <ComparedRuns
            runs={runs}
            hidden={hidden}
            onToggle={toggle}
            onRemove={(id) => setRuns(compared.filter((own) => own !== id))}
          />
          <ComparedCurves runs={runs} hidden={hidden} names={names} streamed={streamed} />
          <OutcomePanel runs={runs} />
          <ParallelPanel runs={runs} hidden={hidden} onHide={(next) => void set({ hidden: [...next] })} />
          <ConfigurationPanel runs={runs} />
        </>
      )}
      <ShortcutHelp shortcuts={compareKeys} />
    </>
  );
}
