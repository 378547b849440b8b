'use client';

import { Checkbox, Segments, SelectField } from '@moda/ui';
import type { searchOrders } from './search-state';
import type { Search } from './use-search';

const orders = {
  newest: 'Newest first',
  smallest: 'Smallest first',
  fastest: 'Fewest FLOPs first',
  mostAccurate: 'Most accurate first',
  mostUsed: 'Most used first',
} as const satisfies Record<(typeof searchOrders)[number], string>;

const orderOptions = Object.entries(orders).map(([value, label]) => ({
  value: value as keyof typeof orders,
  label,
}));

/** What is shown of the search, in which order, and how. */
export function ResultTools({ search }: { readonly search: Search }) {
  const { state, change, cartOf, onlyWhatGoes } = search;
  return (
    <div className="m-result-tools">
      <Segments
        label="Look for"
        hideLabel
        value={state.kind}
        options={[
          { value: 'modules', label: 'Modules' },
          { value: 'models', label: 'Whole models' },
        ]}
        onChange={(kind) => {
          change({ kind });
        }}
      />
      <Checkbox
        label="Goes with my cart"
        checked={onlyWhatGoes}
        disabled={cartOf === undefined}
        onChange={(goes) => {
          change({ goes: goes ? null : 'no' });
        }}
      />
      <span className="m-result-tools__end">
        <SelectField
          label="Order"
          hideLabel
          value={state.order}
          options={orderOptions}
          onChange={(order) => {
            change({ order });
          }}
        />
        <Segments
          label="Show as"
          hideLabel
          value={state.view}
          options={[
            { value: 'cards', label: 'Cards' },
            { value: 'rows', label: 'Rows' },
          ]}
          onChange={(view) => {
            change({ view });
          }}
        />
      </span>
    </div>
  );
}
