'use client';

import { useId } from 'react';
import { Field, type FieldFrame, tiedTo } from './field.js';

export interface SelectOption<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
  readonly disabled?: boolean;
}

export interface SelectFieldProps<Value extends string = string> extends FieldFrame {
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly options: readonly SelectOption<Value>[];
  readonly name?: string;
  readonly disabled?: boolean;
}

/** One of a few. */
export function SelectField<Value extends string = string>(props: SelectFieldProps<Value>) {
  const { label, hint, error, hideLabel, className, value, onChange, options, name, disabled } = props;
  const id = useId();
  return (
    <Field id={id} label={label} hint={hint} error={error} hideLabel={hideLabel} className={className}>
      <select
        {...tiedTo(id, props)}
        className="m-input m-select"
        name={name}
        disabled={disabled}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}
