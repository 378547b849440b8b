'use client';

import { Button, Checkbox, SelectField, type SelectOption, TextField } from '@moda/ui';
import { useQuery } from '@tanstack/react-query';
import { gateway } from '../gateway/browser-client';
import { accuracyOptions, byteOptions, flopOptions, inputOptions } from './bounds';
import { facetLists } from './search-questions';
import { narrowedBy } from './search-state';
import type { Search } from './use-search';

/** What narrows a search down, beside the class. */
export function FacetPanel({ search }: { readonly search: Search }) {
  const { state, change } = search;
  const { data: facets } = useQuery(facetLists(gateway));
  const narrowed = narrowedBy(state);
  return (
    <div className="m-facets__fields">
      <SelectField
        label="Data set"
        value={state.dataset ?? ''}
        options={countedOptions(facets?.datasets, state.dataset)}
        onChange={(dataset) => {
          change({ dataset: dataset || null });
        }}
      />
      <SelectField
        label="Architecture"
        value={state.architecture ?? ''}
        options={countedOptions(facets?.architectures, state.architecture)}
        onChange={(architecture) => {
          change({ architecture: architecture || null });
        }}
      />
      <SelectField
        label="License"
        value={state.license ?? ''}
        options={countedOptions(facets?.licenses, state.license)}
        onChange={(license) => {
          change({ license: license || null });
        }}
      />
      <SelectField
        label="Input size"
        value={state.input ?? ''}
        options={inputOptions(state.input)}
        onChange={(input) => {
          change({ input: input || null });
        }}
      />
      <SelectField
        label="Accuracy"
        value={String(state.accuracy ?? '')}
        options={accuracyOptions(state.accuracy)}
        onChange={(accuracy) => {
          change({ accuracy: asBound(accuracy) });
        }}
      />
      <SelectField
        label="Size"
        value={String(state.bytes ?? '')}
        options={byteOptions(state.bytes)}
        onChange={(bytes) => {
          change({ bytes: asBound(bytes) });
        }}
      />
      <SelectField
        label="FLOPs per image"
        value={String(state.flops ?? '')}
        options={flopOptions(state.flops)}
        onChange={(flops) => {
          change({ flops: asBound(flops) });
        }}
      />
      <TextField
        label="Words"
        placeholder="name, description …"
        value={state.words}
        onChange={(words) => {
          change({ words: words || null });
        }}
      />
      <Checkbox
        label="Deprecated ones too"
        checked={state.deprecated}
        onChange={(deprecated) => {
          change({ deprecated });
        }}
      />
      {narrowed > 0 && (
        <Button
          small
          onClick={() => {
            change({
              words: null,
              dataset: null,
              architecture: null,
              license: null,
              input: null,
              bytes: null,
              flops: null,
              accuracy: null,
            });
          }}
        >
          Take {narrowed === 1 ? 'the choice' : `all ${narrowed} choices`} back
        </Button>
      )}
    </div>
  );
}

function countedOptions(
  facets: readonly { readonly value: string; readonly count: number }[] = [],
  chosen: string | null,
): readonly SelectOption[] {
  const known = facets.map(({ value, count }) => ({ value, label: `${value} (${count})` }));
  const isKnown = chosen === null || facets.some(({ value }) => value === chosen);
  return [{ value: '', label: 'any' }, ...(isKnown ? [] : [{ value: chosen, label: chosen }]), ...known];
}

function asBound(text: string): number | null {
  return text === '' ? null : Number(text);
}
