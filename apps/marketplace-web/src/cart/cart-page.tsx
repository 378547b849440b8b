'use client';

import { Button, ButtonLink, EmptyState, PageHeader, ShortcutHelp, Skeleton, useToast } from '@moda/ui';
import { useQuery } from '@tanstack/react-query';
import { BudgetPanel } from '../budget/budget-panel';
import { gateway } from '../gateway/browser-client';
import { FailureNote } from '../gateway/failure-note';
import { cartSize } from './cart';
import { cartQuery } from './cart-address';
import { CartCommands } from './cart-commands';
import { cartVersion } from './cart-questions';
import { ComposedSet } from './composed-set';
import { MarginalPrices } from './marginal-prices';
import { NewerVersionNote } from './newer-version-note';
import { OtherModel } from './other-model';
import { useShownCart } from './use-shown-cart';

/** What was put together: what it costs, what more would cost, and what goes with it. */
export function CartPage() {
  const shown = useShownCart();
  const { cart, isKnown, isMine, change, keep } = shown;
  const toast = useToast();
  const [first, ...others] = cart.groups;
  const {
    data: version,
    error,
    refetch,
  } = useQuery({
    ...cartVersion(gateway, first?.of ?? ''),
    enabled: first !== undefined,
  });
  if (first === undefined) return isKnown ? <EmptyCart /> : <Skeleton lines={10} height="2.25rem" />;
  const size = cartSize(cart);
  const tau = cart.tau ?? version?.tau;
  return (
    <>
      <PageHeader
        title="Cart"
        crumbs={[{ label: 'Marketplace', href: '/' }, { label: 'Cart' }]}
        subtitle={`${size === 1 ? '1 class' : `${size} classes`} of ${cart.groups.length === 1 ? 'one model' : `${cart.groups.length} models`}. Classes of one model are cut together and share what they have in common.`}
        actions={
          <>
            <Button
              onClick={() => {
                void navigator.clipboard.writeText(location.href).then(
                  () => {
                    toast({ message: 'The address of this cart is copied.', tone: 'good' });
                  },
                  () => {
                    toast({
                      message: 'The browser refused to copy; copy the address of the page.',
                      tone: 'bad',
                    });
                  },
                );
              }}
            >
              Share
            </Button>
            <ButtonLink kind="primary" href={`/cart/try?${cartQuery({ groups: [first], tau: cart.tau })}`}>
              Compose and try in this page
            </ButtonLink>
          </>
        }
      />
      {!isMine && (
        <div className="m-note" role="note">
          <p>This cart was shared with you; changes here leave your own cart as it is.</p>
          <Button
            small
            onClick={() => {
              keep();
              toast({ message: 'It is your cart now.', tone: 'good' });
            }}
          >
            Make it my cart
          </Button>
        </div>
      )}
      {error !== null && (
        <FailureNote
          error={error}
          onRetry={() => {
            void refetch();
          }}
        />
      )}
      {version === null && (
        <EmptyState title={`Nothing is published as ${first.of}.`} command="npx moda search">
          Take it out of the cart, or see that the address is whole.
        </EmptyState>
      )}
      {cart.groups.map((group) => (
        <NewerVersionNote key={group.of} cart={cart} group={group} onChange={change} />
      ))}
      <ComposedSet cart={cart} group={first} version={version ?? undefined} tau={tau} onChange={change} />
      <MarginalPrices cart={cart} group={first} version={version ?? undefined} onChange={change} />
      <BudgetPanel cart={cart} onChange={change} />
      {others.map((group) => (
        <OtherModel key={group.of} cart={cart} group={group} base={first.of} onChange={change} />
      ))}
      {version != null && <CartCommands group={first} version={version} tau={tau ?? version.tau} />}
      <ShortcutHelp shortcuts={[]} />
    </>
  );
}

function EmptyCart() {
  return (
    <>
      <PageHeader title="Cart" crumbs={[{ label: 'Marketplace', href: '/' }, { label: 'Cart' }]} />
      <EmptyState
        title="Your cart is empty."
        command="npx moda search cat"
        actions={
          <ButtonLink kind="primary" href="/">
            Find modules
          </ButtonLink>
        }
      >
        Find the classes that you need and put their modules here; their price together is shown at once.
      </EmptyState>
    </>
  );
}
