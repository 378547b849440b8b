'use client';

import { NumberField, Section } from '@moda/ui';
import { debounce, useQueryStates } from 'nuqs';
import type { Cart } from '../cart/cart';
import { BudgetAnswer } from './budget-answer';
import { budgetOf, budgetParsers, type BudgetState, wrongWithBound } from './budget-address';

interface BudgetPanelProps {
  readonly cart: Cart;
  readonly onChange: (cart: Cart) => void;
}

/** Between a key press and the address (ms). */
const restMs = 120;

/** Finds the model and threshold with the best accuracy for the classes of the cart that cost no more than so much. */
export function BudgetPanel({ cart, onChange }: BudgetPanelProps) {
  const [state, setState] = useQueryStates(budgetParsers);
  const change = (bound: Partial<BudgetState>): void => {
    void setState(bound, { limitUrlUpdates: debounce(restMs) });
  };
  const budget = budgetOf(state);
  return (
    <Section
      title="Within a budget"
      subtitle="Which published model has all of these classes for no more than this, and at which threshold τ? The registry knows one accuracy of a class, that of the whole model: it counts at the threshold that the publisher recommends, and tighter ones count as not measured."
      id="budget"
    >
      <div className="m-form m-form__row">
        <NumberField
          label="Size of the weights, at most"
          unit="kB"
          min={0}
          value={state.kb}
          error={wrongWithBound(state.kb)}
          onChange={(kb) => {
            change({ kb });
          }}
        />
        <NumberField
          label="FLOPs per image, at most"
          unit="MFLOPs"
          min={0}
          value={state.mflops}
          error={wrongWithBound(state.mflops)}
          onChange={(mflops) => {
            change({ mflops });
          }}
        />
      </div>
      {budget === undefined ? (
        <p className="m-muted">Name one bound or both, and models are looked for.</p>
      ) : (
        <BudgetAnswer cart={cart} budget={budget} onChange={onChange} />
      )}
    </Section>
  );
}
