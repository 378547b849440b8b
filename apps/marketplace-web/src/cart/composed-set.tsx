'use client';

import {
  AppLink,
  Button,
  formatBytes,
  formatCount,
  formatShare,
  noNumber,
  Section,
  Slider,
  Stat,
} from '@moda/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { BadgeRow } from '../badges/badge-row';
import { costBadges, stateBadges } from '../badges/module-badges';
import { gateway } from '../gateway/browser-client';
import { FailureNote } from '../gateway/failure-note';
import type { CartVersionQuery } from '../graphql/generated/operations';
import { useLatency } from '../measured/use-latency';
import { moduleHref, versionHref } from '../references/version-reference';
import { useLater } from '../search/use-later';
import { atThreshold, type Cart, type CartGroup, withoutClass } from './cart';
import { priceOfSet } from './cart-questions';
import { namesOf } from './class-names';

export type CartVersion = NonNullable<CartVersionQuery['version']>;

interface ComposedSetProps {
  readonly cart: Cart;
  readonly group: CartGroup;
  readonly version: CartVersion | undefined;
  /** Threshold in force, 0..1; undefined until it is known. */
  readonly tau: number | undefined;
  readonly onChange: (cart: Cart) => void;
}

const restMs = 120;

/** The classes that are cut together, and what they cost. */
export function ComposedSet({ cart, group, version, tau, onChange }: ComposedSetProps) {
  const { of, classes } = group;
  const nameOf = namesOf(version);
  const asked = useLater(cart.tau, restMs);
  const {
    data: price,
    error,
    isPlaceholderData,
  } = useQuery({
    ...priceOfSet(gateway, { of, classes, tau: asked }),
    placeholderData: keepPreviousData,
  });
  const latency = useLatency({ of, classes, tau: tau ?? 0 });
  return (
    <Section
      title="Composed exactly"
      subtitle={
        <>
          Cut from <AppLink href={versionHref(of)}>{of}</AppLink>: units that none of these classes uses at
          the threshold are left out, the rest stays as it was trained.
        </>
      }
      actions={
        <BadgeRow
          badges={[
            ...stateBadges(version?.state ?? 'released'),
            ...(price === undefined ? [] : costBadges(price)),
          ]}
        />
      }
    >
      <ul className="m-chosen" aria-label="Classes in the cart">
        {classes.map((index) => (
          <li key={index} className="m-chosen__class">
            <AppLink href={moduleHref(of, nameOf(index), cart.tau)}>{nameOf(index)}</AppLink>
            <Button
              small
              kind="quiet"
              aria-label={`Remove ${nameOf(index)}`}
              onClick={() => {
                onChange(withoutClass(cart, of, index));
              }}
            >
              Remove
            </Button>
          </li>
        ))}
      </ul>
      {error !== null && <FailureNote error={error} />}
      <div className={isPlaceholderData ? 'm-stats m-stats--old' : 'm-stats'} aria-live="polite">
        <Stat
          label="Size of the weights"
          value={formatBytes(price?.weightsBytes)}
          note={
            version === undefined
              ? noNumber
              : `of ${formatBytes(version.weightsBytes)} for all ${version.classes.length} classes`
          }
        />
        <Stat
          label="Parameters"
          value={formatCount(price?.parameters)}
          note={`${formatShare(price?.share)} of the whole model`}
        />
        <Stat
          label="FLOPs per image"
          value={formatCount(price?.flops)}
          note={`${formatShare(price?.flopsShare)} of the whole model`}
        />
        <Stat
          label="Time per image here"
          value={latency === undefined ? noNumber : `${latency.ms.toFixed(1)} ms`}
          note={latency?.device ?? 'Not measured yet: compose it in this page to measure it.'}
        />
      </div>
      <Slider
        label="Threshold τ: a unit is kept where it is active for at least this share of the images of a class"
        value={tau ?? 0.9}
        min={0.05}
        max={1}
        step={0.05}
        onChange={(next) => {
          onChange(atThreshold(cart, next === version?.tau ? undefined : next));
        }}
        format={(value) => value.toFixed(2)}
        disabled={tau === undefined}
      />
    </Section>
  );
}
