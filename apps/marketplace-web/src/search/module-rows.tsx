'use client';

import {
  AppLink,
  type Column,
  formatAccuracy,
  formatBytes,
  formatCount,
  formatShare,
  VirtualTable,
} from '@moda/ui';
import { useMemo } from 'react';
import { BadgeRow } from '../badges/badge-row';
import { costBadges, stateBadges } from '../badges/module-badges';
import { holds } from '../cart/cart';
import { useCart } from '../cart/use-cart';
import { moduleHref, versionHref } from '../references/version-reference';
import { type FoundModule, placeOf } from './found';

interface ModuleRowsProps {
  readonly modules: readonly FoundModule[];
  readonly total: number;
  readonly cursor: string | null;
  readonly onCursor: (key: string) => void;
  readonly onOpen: (href: string) => void;
  readonly onNearEnd: () => void;
}

const columns: readonly Column<FoundModule>[] = [
  {
    key: 'class',
    header: 'Class',
    width: '7rem',
    cell: (module) => {
      const { of, className } = placeOf(module);
      return <AppLink href={moduleHref(of, className)}>{className}</AppLink>;
    },
  },
  {
    key: 'model',
    header: 'Model',
    width: '11.5rem',
    cell: (module) => <AppLink href={versionHref(placeOf(module).of)}>{placeOf(module).of}</AppLink>,
  },
  { key: 'dataset', header: 'Data set', width: '6rem', cell: ({ version }) => version?.dataset ?? '–' },
  {
    key: 'architecture',
    header: 'Architecture',
    width: '7rem',
    cell: ({ version }) => version?.architecture,
  },
  {
    key: 'accuracy',
    header: 'Accuracy',
    align: 'end',
    width: '6rem',
    cell: ({ accuracy }) => formatAccuracy(accuracy),
  },
  { key: 'bytes', header: 'Size', align: 'end', width: '5rem', cell: ({ bytes }) => formatBytes(bytes) },
  { key: 'share', header: 'of model', align: 'end', width: '5rem', cell: ({ share }) => formatShare(share) },
  { key: 'flops', header: 'FLOPs', align: 'end', width: '5rem', cell: ({ flops }) => formatCount(flops) },
  {
    key: 'flopsShare',
    header: 'of model',
    align: 'end',
    width: '5rem',
    cell: ({ flopsShare }) => formatShare(flopsShare),
  },
  {
    key: 'notes',
    header: 'Notes',
    width: '9rem',
    cell: (module) => (
      <BadgeRow
        badges={[
          ...stateBadges(module.version?.state ?? 'released'),
          // Beside the column of FLOPs only the other honest word is missing.
          ...costBadges(module).filter(({ tone }) => tone === 'bad'),
        ]}
      />
    ),
  },
];

const labelOf = (module: FoundModule): string => `${module.className} of ${placeOf(module).of}, in the cart`;
const keyOf = ({ id }: FoundModule): string => id;

/** Modules as dense rows; the chosen ones are those in the cart. */
export function ModuleRows({ modules, total, cursor, onCursor, onOpen, onNearEnd }: ModuleRowsProps) {
  const [cart, { toggle }] = useCart();
  const inCart = useMemo(
    () => new Set(modules.filter((module) => isIn(cart, module)).map(({ id }) => id)),
    [modules, cart],
  );
  return (
    <VirtualTable
      caption="Modules"
      columns={columns}
      rows={modules}
      total={total}
      rowKey={keyOf}
      rowLabel={labelOf}
      height="70vh"
      cursor={cursor}
      onCursor={onCursor}
      selected={inCart}
      onSelect={(selected) => {
        for (const module of modules)
          if (selected.has(module.id) !== inCart.has(module.id)) {
            const { of, classIndex } = placeOf(module);
            toggle(of, classIndex);
          }
      }}
      onOpen={(module) => {
        const { of, className } = placeOf(module);
        onOpen(moduleHref(of, className));
      }}
      onNearEnd={onNearEnd}
    />
  );
}

function isIn(cart: Parameters<typeof holds>[0], module: FoundModule): boolean {
  const { of, classIndex } = placeOf(module);
  return holds(cart, of, classIndex);
}
