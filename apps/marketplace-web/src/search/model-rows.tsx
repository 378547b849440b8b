'use client';

import { AppLink, type Column, formatAccuracy, formatBytes, formatCount, VirtualTable } from '@moda/ui';
import { BadgeRow } from '../badges/badge-row';
import { stateBadges } from '../badges/module-badges';
import { versionHref } from '../references/version-reference';
import type { FoundModel } from './found';
import { inputText } from './search-state';

interface ModelRowsProps {
  readonly models: readonly FoundModel[];
  readonly total: number;
  readonly cursor: string | null;
  readonly onCursor: (key: string) => void;
  readonly onOpen: (href: string) => void;
  readonly onNearEnd: () => void;
}

const columns: readonly Column<FoundModel>[] = [
  {
    key: 'model',
    header: 'Model',
    width: '12rem',
    cell: ({ reference }) => <AppLink href={versionHref(reference)}>{reference}</AppLink>,
  },
  { key: 'classes', header: 'Classes', align: 'end', width: '5rem', cell: ({ classes }) => classes.length },
  { key: 'dataset', header: 'Data set', width: '7rem', cell: ({ dataset }) => dataset ?? '–' },
  { key: 'architecture', header: 'Architecture', width: '7rem', cell: ({ architecture }) => architecture },
  { key: 'input', header: 'Input', width: '6rem', cell: ({ input }) => inputText(input) },
  {
    key: 'accuracy',
    header: 'Accuracy',
    align: 'end',
    width: '6rem',
    cell: ({ accuracy }) => formatAccuracy(accuracy),
  },
  {
    key: 'bytes',
    header: 'Size',
    align: 'end',
    width: '6rem',
    cell: ({ weightsBytes }) => formatBytes(weightsBytes),
  },
  { key: 'flops', header: 'FLOPs', align: 'end', width: '6rem', cell: ({ flops }) => formatCount(flops) },
  { key: 'uses', header: 'Uses', align: 'end', width: '5rem', cell: ({ uses }) => uses?.total ?? '–' },
  { key: 'license', header: 'License', width: '8rem', cell: ({ license }) => license },
  {
    key: 'notes',
    header: 'Notes',
    width: '8rem',
    cell: ({ state }) => <BadgeRow badges={stateBadges(state)} />,
  },
];

const keyOf = ({ id }: FoundModel): string => id;

/** Whole models as dense rows. */
export function ModelRows({ models, total, cursor, onCursor, onOpen, onNearEnd }: ModelRowsProps) {
  return (
    <VirtualTable
      caption="Models"
      columns={columns}
      rows={models}
      total={total}
      rowKey={keyOf}
      height="70vh"
      cursor={cursor}
      onCursor={onCursor}
      onOpen={({ reference }) => {
        onOpen(versionHref(reference));
      }}
      onNearEnd={onNearEnd}
    />
  );
}
