'use client';
import { CopyText, DataTable, EmptyState, formatBytes, Section, shortDigest, TableExport } from '@moda/ui';
import { useFollowedRun } from './run-context';

/** Every file that came of the run so far, with its digest and the way to it. */
export function FilesPanel() {
  const { run } = useFollowedRun();
  const files = run.artifacts ?? [];
  return (
    <Section
      title="Files"
      subtitle="Addresses open for an hour; load the page anew for fresh ones."
      actions={
        <TableExport
          name={`files-${run.id}`}
          rows={files}
          columns={[
            { name: 'File', value: ({ name }) => name },
            { name: 'Bytes', value: ({ sizeBytes }) => sizeBytes },
            { name: 'Digest', value: ({ digest }) => digest },
          ]}
        />
      }
    >
      {files.length === 0 ? (
        <EmptyState title="No file yet" command={`npx moda runs show ${run.id}`}>
          Checkpoints and the model appear here as they are written.
        </EmptyState>
      ) : (
        <DataTable
          caption="Files of this run"
          rows={files}
          rowKey={({ name }) => name}
          columns={[
            {
              key: 'name',
              header: 'File',
              cell: ({ name, url }) => (
                <a href={url} download={name.split('/').at(-1)}>
                  {name}
                </a>
              ),
            },
            { key: 'size', header: 'Size', align: 'end', cell: ({ sizeBytes }) => formatBytes(sizeBytes) },
            {
              key: 'digest',
              header: 'Digest',
              cell: ({ digest }) =>
                digest === null ? (
                  'not known yet'
                ) : (
                  <CopyText text={digest} shown={shortDigest(digest)} label="Copy the digest" />
                ),
            },
          ]}
        />
      )}
    </Section>
  );
}
