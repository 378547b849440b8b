'use client';

import { Badge } from '@moda/ui';
import { useQuery } from '@tanstack/react-query';
import { verdictBadge } from '../badges/module-badges';
import { verdictOn } from '../cart/cart-questions';
import { gateway } from '../gateway/browser-client';

interface VerdictNoteProps {
  /** `owner/model@version` of what is found. */
  readonly of: string;
  /** The version that the cart is composed from. */
  readonly cartOf: string;
}

const sameVersion = {
  kind: 'exact',
  reason: 'It is of the model in the cart: the two are cut together, exactly.',
} as const;

/** How something goes with the cart, in the registry's words. */
export function VerdictNote({ of, cartOf }: VerdictNoteProps) {
  const isSame = of === cartOf;
  const { data } = useQuery({ ...verdictOn(gateway, cartOf, of), enabled: !isSame });
  const verdict = isSame ? sameVersion : data;
  if (verdict === undefined) return <Badge>checking the cart …</Badge>;
  const { tone, text, title } = verdictBadge(verdict.kind, verdict.reason);
  return (
    <Badge tone={tone} title={title}>
      {text}
    </Badge>
  );
}
