'use client';
import { Checkbox, NumberField, SelectField, TextField } from '@moda/ui';
import { settingName } from '../run/spec-items';
import { readList } from './read-address';
import type { SpecField } from './spec-fields';

interface SpecFieldInputProps {
  readonly field: SpecField;
  readonly value: unknown;
  readonly error: string | undefined;
  /** Undefined takes the value back. */
  readonly onChange: (value: unknown) => void;
  /** Id of a list of values that are offered. */
  readonly list?: string;
}

/** The input for one field of a spec. */
export function SpecFieldInput({ field, value, error, onChange, list }: SpecFieldInputProps) {
  const label = settingName(field.name);
  const told = { label, ...(error !== undefined && { error }), name: field.name };
  switch (field.kind) {
    case 'number':
      return (
        <NumberField
          {...told}
          hint={sentence(field.wanted)}
          value={typeof value === 'number' ? value : null}
          onChange={(number) => onChange(number ?? undefined)}
        />
      );
    case 'choice':
      return (
        <SelectField
          {...told}
          value={typeof value === 'string' ? value : (field.choices[0] ?? '')}
          onChange={onChange}
          options={field.choices.map((choice) => ({ value: choice, label: choice }))}
        />
      );
    case 'switch':
      return <Checkbox label={label} name={field.name} checked={value === true} onChange={onChange} />;
    case 'list':
      return (
        <TextField
          {...told}
          hint="Names or numbers with commas; all where none are given."
          defaultValue={Array.isArray(value) ? value.join(', ') : ''}
          onChange={(text) => onChange(readList(text))}
        />
      );
    case 'text':
      return (
        <TextField
          {...told}
          hint={sentence(field.wanted)}
          value={typeof value === 'string' ? value : ''}
          onChange={(text) => onChange(text === '' ? undefined : text)}
          {...(list !== undefined && { list })}
        />
      );
  }
}

/** `a number above 0` -> `A number above 0.` */
function sentence(text: string): string | undefined {
  return text === '' ? undefined : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
