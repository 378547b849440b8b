'use client';

import { AppLink, Badge, Button, Section } from '@moda/ui';
import { useQuery } from '@tanstack/react-query';
import { verdictBadge } from '../badges/module-badges';
import { gateway } from '../gateway/browser-client';
import { FailureNote } from '../gateway/failure-note';
import { moduleHref, versionHref } from '../references/version-reference';
import { type Cart, type CartGroup, composedFrom, withoutClass, withoutModel } from './cart';
import { cartVersion, verdictOn } from './cart-questions';
import { namesOf } from './class-names';

interface OtherModelProps {
  readonly cart: Cart;
  readonly group: CartGroup;
  /** The version that the cart is composed from. */
  readonly base: string;
  readonly onChange: (cart: Cart) => void;
}

/** Classes of another model than the one that is composed, with the registry's verdict on the two. */
export function OtherModel({ cart, group, base, onChange }: OtherModelProps) {
  const { of, classes } = group;
  const { data: version } = useQuery(cartVersion(gateway, of));
  const { data: verdict, error } = useQuery(verdictOn(gateway, base, of));
  const nameOf = namesOf(version);
  const badge = verdict === undefined ? undefined : verdictBadge(verdict.kind, verdict.reason);
  return (
    <Section
      title={<AppLink href={versionHref(of)}>{of}</AppLink>}
      subtitle="Another model: it is not cut together with the classes above."
      actions={
        <>
          {badge !== undefined && <Badge tone={badge.tone}>{badge.text}</Badge>}
          <Button
            small
            onClick={() => {
              onChange(composedFrom(cart, of));
            }}
          >
            Compose from this one
          </Button>
          <Button
            small
            kind="quiet"
            onClick={() => {
              onChange(withoutModel(cart, of));
            }}
          >
            Remove
          </Button>
        </>
      }
    >
      <ul className="m-chosen" aria-label={`Classes of ${of}`}>
        {classes.map((index) => (
          <li key={index} className="m-chosen__class">
            <AppLink href={moduleHref(of, nameOf(index))}>{nameOf(index)}</AppLink>
            <Button
              small
              kind="quiet"
              aria-label={`Remove ${nameOf(index)} of ${of}`}
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
      {verdict !== undefined && (
        <p>
          {verdict.reason}{' '}
          {verdict.nearest !== null && (
            <>
              The nearest that goes:{' '}
              <AppLink href={hrefOfReference(verdict.nearest)}>{verdict.nearest}</AppLink>.
            </>
          )}
        </p>
      )}
      {verdict?.kind === 'calibrated' && (
        <p className="m-muted">
          Calibration needs images of these classes, so it happens where they are:{' '}
          <code>npx moda replace</code>, or <a href="/repair">the repair wizard</a>.
        </p>
      )}
    </Section>
  );
}

/** The page of a module or version that the registry names. */
function hrefOfReference(reference: string): string {
  const [path = '', version = ''] = reference.split('@');
  const [owner = '', model = '', className] = path.split('/');
  const of = `${owner}/${model}@${version}`;
  return className === undefined ? versionHref(of) : moduleHref(of, decodeURIComponent(className));
}
