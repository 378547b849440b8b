'use client';

import {
  AppLink,
  type Column,
  DataTable,
  formatAccuracy,
  formatBytes,
  formatCount,
  TableExport,
} from '@moda/ui';
import { type Cart, emptyCart } from '../cart/cart';
import { CartMove } from '../cart/cart-move';
import { readVersionReference, versionHref } from '../references/version-reference';
import type { ModelOffer } from './budget-questions';

interface OfferTableProps {
  readonly cart: Cart;
  /** The best first. */
  readonly offers: readonly ModelOffer[];
  readonly caption: string;
  /** Of the question before, while a new answer is on its way. */
  readonly isOld: boolean;
  readonly onChange: (cart: Cart) => void;
}

/** Models with what they cost and how well they do; each can be taken into the cart. */
export function OfferTable({ cart, offers, caption, isOld, onChange }: OfferTableProps) {
  return (
    <>
      <DataTable
        className={isOld ? 'm-table--old' : ''}
        caption={caption}
        columns={columnsOf(cart, onChange)}
        rows={offers}
        rowKey={keyOf}
        isEmphasised={(offer) => isInCart(cart, offer)}
      />
      <TableExport name="within-a-budget" columns={exported} rows={offers} />
    </>
  );
}

function columnsOf(cart: Cart, onChange: (cart: Cart) => void): readonly Column<ModelOffer>[] {
  return [
    {
      key: 'model',
      header: 'Model',
      cell: ({ of }) => <AppLink href={versionHref(of)}>{modelOf(of)}</AppLink>,
    },
    { key: 'version', header: 'Version', cell: ({ of }) => readVersionReference(of)?.version },
    { key: 'tau', header: 'τ', align: 'end', cell: ({ tau }) => tau },
    { key: 'bytes', header: 'Size', align: 'end', cell: ({ weightsBytes }) => formatBytes(weightsBytes) },
    { key: 'flops', header: 'FLOPs', align: 'end', cell: ({ flops }) => formatCount(flops) },
    {
      key: 'accuracy',
      header: 'Expected accuracy',
      align: 'end',
      cell: ({ accuracy }) => (accuracy === undefined ? 'not measured' : formatAccuracy(accuracy)),
    },
    { key: 'measured', header: 'Measured on', cell: measuredOn },
    {
      key: 'take',
      header: 'Cart',
      cell: (offer) => {
        const does = isInCart(cart, offer) ? 'In the cart' : 'Take this';
        return (
          <CartMove
            button
            to={cartWith(offer)}
            onChange={onChange}
            label={`${does}: ${offer.of} at τ ${offer.tau}`}
          >
            {does}
          </CartMove>
        );
      },
    },
  ];
}

/** In place of everything that is in the cart: the model has all of its classes. */
function cartWith({ of, classes, tau, isPublishedTau }: ModelOffer): Cart {
  return { ...emptyCart, groups: [{ of, classes }], ...(!isPublishedTau && { tau }) };
}

function isInCart({ groups, tau }: Cart, offer: ModelOffer): boolean {
  const [group] = groups;
  return (
    groups.length === 1 &&
    group?.of === offer.of &&
    group.classes.join() === offer.classes.join() &&
    (tau === undefined ? offer.isPublishedTau : tau === offer.tau)
  );
}

/** The stored number is of the model before it was cut, so that is said. */
function measuredOn({ accuracy, classes, dataset }: ModelOffer): string {
  if (accuracy === undefined) return '–';
  const what = classes.length === 1 ? 'the class' : `the ${classes.length} classes, mean`;
  return `the whole model, test images${dataset === null ? '' : ` of ${dataset}`} of ${what}`;
}

const modelOf = (of: string): string => of.split('@')[0] ?? of;
const keyOf = ({ of, tau }: ModelOffer): string => `${of} ${tau}`;

const exported = [
  { name: 'model', value: ({ of }: ModelOffer) => of },
  { name: 'tau', value: ({ tau }: ModelOffer) => tau },
  { name: 'weights (bytes)', value: ({ weightsBytes }: ModelOffer) => weightsBytes },
  { name: 'FLOPs', value: ({ flops }: ModelOffer) => flops },
  { name: 'expected accuracy', value: ({ accuracy }: ModelOffer) => accuracy ?? null },
  { name: 'measured on', value: measuredOn },
] as const;
