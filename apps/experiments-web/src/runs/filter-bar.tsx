'use client';
import { Button, Checkbox, Menu, SearchField, SelectField } from '@moda/ui';
import { runStates, type RunState } from '@moda/contracts';
import type { FilterChoices } from './filter-runs';
import { emptyFilter, type RunFilter } from './table-state';

interface FilterBarProps {
  readonly filter: RunFilter;
  readonly choices: FilterChoices;
  readonly onChange: (change: Partial<RunFilterChange>) => void;
}

type RunFilterChange = Omit<RunFilter, 'state'> & { readonly state: RunState[] };

const fields = [
  { name: 'experiment', label: 'Experiment' },
  { name: 'what', label: 'What' },
  { name: 'network', label: 'Network' },
  { name: 'dataset', label: 'Data set' },
  { name: 'method', label: 'Method' },
  { name: 'tag', label: 'Tag' },
] as const;

/** Which runs are shown. */
export function FilterBar({ filter, choices, onChange }: FilterBarProps) {
  const isFiltered = JSON.stringify(filter) !== JSON.stringify(emptyFilter);
  return (
    <div className="m-filters" role="group" aria-label="Filters">
      <SearchField
        className="m-filters__search"
        label="Search runs"
        placeholder="Name, id, experiment, tag"
        shortcut="/"
        value={filter.q}
        onChange={(q) => onChange({ q })}
      />
      <StateFilter states={filter.state} onChange={(state) => onChange({ state })} />
      {fields.map(({ name, label }) => (
        <SelectField
          key={name}
          hideLabel
          label={label}
          value={filter[name]}
          onChange={(value) => onChange({ [name]: value })}
          options={[
            { value: '', label: `${label}: any` },
            ...withChosen(choices[name], filter[name]).map((value) => ({ value, label: value })),
          ]}
        />
      ))}
      <SelectField
        hideLabel
        label="Archive"
        value={filter.archived}
        onChange={(archived) => onChange({ archived })}
        options={[
          { value: 'no', label: 'Not archived' },
          { value: 'yes', label: 'Archived' },
          { value: 'any', label: 'Archived or not' },
        ]}
      />
      <Button kind="quiet" disabled={!isFiltered} onClick={() => onChange({ ...emptyFilter, state: [] })}>
        Clear filters
      </Button>
    </div>
  );
}

function StateFilter(props: {
  readonly states: readonly string[];
  readonly onChange: (states: RunState[]) => void;
}) {
  const chosen = new Set(props.states);
  const label = chosen.size === 0 ? 'State: any' : `State: ${[...chosen].join(', ')}`;
  return (
    <Menu label={label}>
      {runStates.map((state) => (
        <Checkbox
          key={state}
          className="m-menu__check"
          label={state}
          checked={chosen.has(state)}
          onChange={(checked) =>
            props.onChange(runStates.filter((own) => (own === state ? checked : chosen.has(own))))
          }
        />
      ))}
    </Menu>
  );
}

/** A choice in the address that no run has any more is still what is chosen. */
function withChosen(choices: readonly string[], chosen: string): readonly string[] {
  return chosen === '' || choices.includes(chosen) ? choices : [chosen, ...choices];
}
