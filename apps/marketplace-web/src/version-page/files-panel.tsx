'use client';

import { CopyText, DataTable, formatBytes, KeyValues, Section, shortDigest } from '@moda/ui';
import { useQuery } from '@tanstack/react-query';
import { gateway } from '../gateway/browser-client';
import { FailureNote } from '../gateway/failure-note';
import { classesReference } from '../references/version-reference';
import { Downloads } from './downloads';
import { downloadAddresses, type PageModule, type PageVersion } from './version-question';

interface ShownFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly digest: string | null;
  /** Once it is known where it is read. */
  readonly url?: string;
}

interface FilesPanelProps {
  readonly version: PageVersion;
  readonly module?: PageModule | undefined;
  /** Threshold of the module, 0..1. */
  readonly tau: number;
}

/** The files with sizes and digests, and other formats made of them in the page. */
export function FilesPanel({ version, module, tau }: FilesPanelProps) {
  const reference = classesReference(version.reference, module === undefined ? [] : [module.className]);
  const { data, error, refetch } = useQuery(
    downloadAddresses(gateway, reference, module === undefined ? undefined : tau),
  );
  const files: readonly ShownFile[] = data?.files ?? (module === undefined ? version.files : []);
  return (
    <Section
      title="Files"
      subtitle={
        module === undefined
          ? 'Anybody can check each file by its digest.'
          : 'A module is cut from its model while it is read; its digest is known once it was cut.'
      }
      id="files"
    >
      {error !== null && (
        <FailureNote
          error={error}
          onRetry={() => {
            void refetch();
          }}
        />
      )}
      <DataTable
        caption={`Files of ${reference}`}
        emptyText="Asking for the files …"
        columns={[
          {
            key: 'path',
            header: 'File',
            cell: ({ path, url }) =>
              url === undefined ? (
                <code>{path}</code>
              ) : (
                <a href={url} download={path}>
                  <code>{path}</code>
                </a>
              ),
          },
          { key: 'size', header: 'Size', align: 'end', cell: ({ sizeBytes }) => formatBytes(sizeBytes) },
          {
            key: 'digest',
            header: 'Digest',
            cell: ({ digest, path }) =>
              digest === null ? (
                <span className="m-muted">once it was cut</span>
              ) : (
                <CopyText text={digest} shown={shortDigest(digest)} label={`Copy the digest of ${path}`} />
              ),
          },
        ]}
        rows={files}
        rowKey={({ path }) => path}
      />
      <KeyValues
        items={[
          {
            name: module === undefined ? 'Digest of the package' : 'Digest of the model it is cut from',
            value: (
              <CopyText
                text={version.digest}
                shown={shortDigest(version.digest)}
                label="Copy the digest of the package"
              />
            ),
          },
          ...(version.ratesDigest === null
            ? []
            : [
                {
                  name: 'Activation rates',
                  value: (
                    <CopyText
                      text={version.ratesDigest}
                      shown={shortDigest(version.ratesDigest)}
                      label="Copy the digest of the activation rates"
                    />
                  ),
                },
              ]),
        ]}
      />
      <Downloads
        choice={{ of: version.reference, classes: module === undefined ? [] : [module.classIndex], tau }}
      />
    </Section>
  );
}
