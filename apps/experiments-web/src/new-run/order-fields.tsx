'use client';
import { NumberField, Section, TextField } from '@moda/ui';
import type { OrderFacts } from './order';

interface OrderFieldsProps {
  readonly facts: OrderFacts;
  readonly isSweep: boolean;
  /** Names that there are already. */
  readonly experiments: readonly string[];
  readonly onChange: (facts: OrderFacts) => void;
}

/** How the run is called and when it is its turn. */
export function OrderFields({ facts, isSweep, experiments, onChange }: OrderFieldsProps) {
  return (
    <Section title="Name and place">
      <div className="m-form-stack">
        <TextField
          label="Experiment"
          hint="The group of runs that it is compared with."
          list="experiments"
          value={facts.experiment}
          onChange={(experiment) => onChange({ ...facts, experiment })}
        />
        {!isSweep && (
          <>
            <TextField label="Name" value={facts.name} onChange={(name) => onChange({ ...facts, name })} />
            <TextField
              label="Notes"
              lines={2}
              value={facts.notes}
              onChange={(notes) => onChange({ ...facts, notes })}
            />
          </>
        )}
        <TextField
          label="Tags"
          hint="With commas."
          value={facts.tags}
          onChange={(tags) => onChange({ ...facts, tags })}
        />
        <NumberField
          label="Priority"
          hint="The higher, the sooner; 0 where nothing is given."
          step={1}
          value={facts.priority}
          onChange={(priority) => onChange({ ...facts, priority })}
        />
      </div>
      <datalist id="experiments">
        {experiments.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </Section>
  );
}
