'use client';

import { useState } from 'react';
import type { Cart } from '../cart/cart';
import { FailureNote } from '../gateway/failure-note';
import { answerTo } from './answer';
import type { Budget } from './budget';
import type { ModelOffer } from './budget-questions';
import { OfferTable } from './offer-table';
import { useOffers } from './use-offers';

interface BudgetAnswerProps {
  readonly cart: Cart;
  readonly budget: Budget;
  readonly onChange: (cart: Cart) => void;
}

/** The best models within a budget, or the one that is nearest to it. */
export function BudgetAnswer({ cart, budget, onChange }: BudgetAnswerProps) {
  const { offers, models, awaited, failed, error } = useOffers(cart);
  const answer = answerTo({ budget, offers, models, awaited });
  const shown = useLastWhole(answer.isWhole, answer.offers);
  const isUnknown = models === undefined && error !== undefined;
  return (
    <>
      <p role="status">{isUnknown ? '' : answer.sentence}</p>
      {failed > 0 && (
        <p className="m-muted">{failed === 1 ? 'One model is' : `${failed} models are`} left out:</p>
      )}
      {error !== undefined && <FailureNote error={error} />}
      {shown.length > 0 && (
        <OfferTable
          cart={cart}
          offers={shown}
          caption={
            answer.fits ? 'Models within the budget, the best first' : 'The model nearest to the budget'
          }
          isOld={!answer.isWhole}
          onChange={onChange}
        />
      )}
    </>
  );
}

/** The offers that were whole last: the table stays, with what has the focus in it, while a new answer comes. */
function useLastWhole(isWhole: boolean, offers: readonly ModelOffer[]): readonly ModelOffer[] {
  const [last, setLast] = useState(offers);
  if (!isWhole) return last;
  if (last.length !== offers.length || last.some((offer, at) => offer !== offers[at])) setLast(offers);
  return offers;
}
