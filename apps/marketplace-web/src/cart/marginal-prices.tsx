'use client';

import { Button, DataTable, formatBytes, formatCount, formatShare, Section, TableExport } from '@moda/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { gateway } from '../gateway/browser-client';
import { useLater } from '../search/use-later';
import { type Cart, type CartGroup, withClass } from './cart';
import { priceOfSet } from './cart-questions';
import { namesOf } from './class-names';
import type { CartVersion } from './composed-set';
import { byPrice, type MarginalPrice, marginalSentence } from './price-sentence';

interface MarginalPricesProps {
  readonly cart: Cart;
  readonly group: CartGroup;
  readonly version: CartVersion | undefined;
  readonly onChange: (cart: Cart) => void;
}

const restMs = 120;

/** What each further class would add, the cheapest first. */
export function MarginalPrices({ cart, group, version, onChange }: MarginalPricesProps) {
  const { of, classes } = group;
  const nameOf = namesOf(version);
  const asked = useLater(cart.tau, restMs);
  const { data: price, isPlaceholderData } = useQuery({
    ...priceOfSet(gateway, { of, classes, tau: asked }),
    placeholderData: keepPreviousData,
  });
  const rows = byPrice(price?.marginal ?? [], classes);
  const [cheapest] = rows;
  if (price !== undefined && rows.length === 0)
    return (
      <Section title="One more class">
        <p className="m-muted">The cart holds every class of {of}.</p>
      </Section>
    );
  return (
    <Section
      title="One more class"
      subtitle={
        cheapest === undefined
          ? 'Classes of one model share units, so each further one costs less than alone.'
          : `The cheapest: ${marginalSentence(cheapest, nameOf)}.`
      }
      actions={
        <TableExport
          name="marginal-prices"
          rows={rows}
          columns={[
            { name: 'class', value: (row: MarginalPrice) => nameOf(row.class) },
            { name: 'added bytes', value: (row: MarginalPrice) => row.weightsBytes },
            { name: 'added parameters', value: (row: MarginalPrice) => row.parameters },
            { name: 'added FLOPs', value: (row: MarginalPrice) => row.flops },
            { name: 'shared with the cart', value: (row: MarginalPrice) => row.sharedWithCart },
          ]}
        />
      }
    >
      <DataTable
        className={isPlaceholderData ? 'm-table--old' : ''}
        caption={`What one more class of ${of} would add`}
        emptyText="Asking for prices …"
        rows={rows}
        rowKey={(row) => String(row.class)}
        columns={[
          { key: 'class', header: 'Class', cell: (row) => nameOf(row.class) },
          { key: 'bytes', header: 'Adds', align: 'end', cell: (row) => `+${formatBytes(row.weightsBytes)}` },
          {
            key: 'parameters',
            header: 'Parameters',
            align: 'end',
            cell: (row) => `+${formatCount(row.parameters)}`,
          },
          { key: 'flops', header: 'FLOPs', align: 'end', cell: (row) => `+${formatCount(row.flops)}` },
          {
            key: 'shared',
            header: 'Shared with the cart',
            align: 'end',
            cell: (row) => formatShare(row.sharedWithCart, 0),
          },
          {
            key: 'nearest',
            header: 'Most with',
            cell: ({ nearest }) =>
              nearest === null ? '–' : `${nameOf(nearest.class)} (${formatShare(nearest.shared, 0)})`,
          },
          {
            key: 'add',
            header: 'Cart',
            cell: (row) => (
              <Button
                small
                title={marginalSentence(row, nameOf)}
                aria-label={`Add ${nameOf(row.class)}`}
                onClick={() => {
                  onChange(withClass(cart, of, row.class));
                }}
              >
                Add
              </Button>
            ),
          },
        ]}
      />
    </Section>
  );
}
