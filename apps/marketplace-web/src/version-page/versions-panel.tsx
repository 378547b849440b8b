'use client';

import {
  AppLink,
  Badge,
  type Column,
  DataTable,
  DateTime,
  formatAccuracy,
  formatBytes,
  Section,
} from '@moda/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { BadgeRow } from '../badges/badge-row';
import { stateBadges } from '../badges/module-badges';
import { gateway } from '../gateway/browser-client';
import { FailureNote } from '../gateway/failure-note';
import { Unanswered } from './modules-panel';
import { aliasMoves, type PageVersion } from './version-question';

type Model = NonNullable<PageVersion['model']>;
type ListedVersion = NonNullable<Model['versions']>['edges'][number]['node'];

interface VersionsPanelProps {
  readonly version: PageVersion;
  /** The same page for another version. */
  readonly hrefOf: (version: string) => string;
}

/** All versions of the model, what aliases name now, and where they have been. */
export function VersionsPanel({ version, hrefOf }: VersionsPanelProps) {
  const { model } = version;
  if (model?.versions == null) return <Unanswered title="Versions" />;
  const listed = model.versions.edges.map(({ node }) => node);
  const { totalEstimate } = model.versions;
  return (
    <Section
      title="Versions"
      subtitle="A version never changes. An alias is a name that moves; its history is kept."
      id="versions"
    >
      <DataTable
        caption={`Versions of ${model.id}`}
        columns={columnsOf(version.version, model.aliases ?? [], hrefOf)}
        rows={listed}
        rowKey={({ id }) => id}
        isEmphasised={(known) => known.version === version.version}
      />
      {totalEstimate > listed.length && (
        <p className="m-muted">
          The highest {listed.length} of {totalEstimate} versions.
        </p>
      )}
      {(model.aliases ?? []).map(({ alias }) => (
        <AliasHistory key={alias} owner={model.owner} model={model.name} alias={alias} />
      ))}
    </Section>
  );
}

function columnsOf(
  current: string,
  aliases: NonNullable<Model['aliases']>,
  hrefOf: (version: string) => string,
): readonly Column<ListedVersion>[] {
  return [
    {
      key: 'version',
      header: 'Version',
      cell: (known) => (
        <span className="m-badge-row">
          {known.version === current ? (
            <strong>{known.version}</strong>
          ) : (
            <AppLink href={hrefOf(known.version)}>{known.version}</AppLink>
          )}
          {aliases
            .filter(({ version }) => version === known.version)
            .map(({ alias }) => (
              <Badge key={alias} tone="info">
                {alias}
              </Badge>
            ))}
          <BadgeRow badges={stateBadges(known.state)} />
        </span>
      ),
    },
    { key: 'published', header: 'Published', cell: ({ publishedAt }) => <DateTime value={publishedAt} /> },
    { key: 'accuracy', header: 'Accuracy', align: 'end', cell: ({ accuracy }) => formatAccuracy(accuracy) },
    { key: 'size', header: 'Size', align: 'end', cell: ({ weightsBytes }) => formatBytes(weightsBytes) },
    { key: 'message', header: 'Message', cell: ({ stateMessage }) => stateMessage ?? '' },
  ];
}

function AliasHistory({
  owner,
  model,
  alias,
}: {
  readonly owner: string;
  readonly model: string;
  readonly alias: string;
}) {
  const [isOpen, setIsOpen] = useState(false);
  const { data: moves, error } = useQuery({ ...aliasMoves(gateway, owner, model, alias), enabled: isOpen });
  return (
    <details
      onToggle={(event) => {
        setIsOpen(event.currentTarget.open);
      }}
    >
      <summary>
        History of the alias <code>{alias}</code>
      </summary>
      {error !== null && <FailureNote error={error} />}
      <ul className="m-moves">
        {(moves ?? []).map(({ at, by, from, to, reason }) => (
          <li key={`${at} ${to ?? ''}`}>
            <DateTime value={at} />:{' '}
            {from === null ? `set to ${to ?? 'nothing'}` : `${from} → ${to ?? 'nothing'}`} by {by}
            {reason !== null && ` (${reason})`}
          </li>
        ))}
      </ul>
    </details>
  );
}
