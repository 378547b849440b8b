'use client';
import { AppLink, Checkbox, DataTable, Section, TableExport } from '@moda/ui';
import { useQueryState } from 'nuqs';
import type { RunRowFragment } from '../graphql/generated/operations';
import { runLabel } from '../runs/run-facts';
import { configurationDiff } from './configuration-diff';
import { compareParsers } from './compare-state';

/** In which settings the runs differ. */
export function ConfigurationPanel({ runs }: { readonly runs: readonly RunRowFragment[] }) {
  const [all, setAll] = useQueryState('all', compareParsers.all);
  const rows = configurationDiff(runs).filter(({ differs }) => all || differs);
  return (
    <Section
      title="Configuration"
      subtitle={all ? 'Every setting.' : 'Only the settings that differ.'}
      actions={
        <>
          <Checkbox label="Show all settings" checked={all} onChange={(value) => void setAll(value)} />
          <TableExport
            name="configuration"
            rows={rows}
            columns={[
              { name: 'Setting', value: ({ name }) => name },
              ...runs.map((run, index) => ({
                name: runLabel(run),
                value: (row: { readonly values: readonly string[] }) => row.values[index] ?? null,
              })),
            ]}
          />
        </>
      }
    >
      <DataTable
        caption="Settings of the compared runs"
        rows={rows}
        rowKey={({ key }) => key}
        isEmphasised={({ differs }) => all && differs}
        emptyText="These runs do not differ in any setting."
        columns={[
          { key: 'name', header: 'Setting', cell: ({ name }) => name },
          ...runs.map((run, index) => ({
            key: run.id,
            header: runLabel(run),
            cell: ({ values }: { readonly values: readonly string[] }) => values[index],
          })),
        ]}
      />
      {runs.length === 1 && (
        <p className="m-muted">
          Add another run above, or choose some in the <AppLink href="/">table</AppLink>.
        </p>
      )}
    </Section>
  );
}
