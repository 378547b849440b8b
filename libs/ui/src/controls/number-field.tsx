'use client';

import { useId, useState } from 'react';
import { Field, type FieldFrame, tiedTo } from './field.js';

export interface NumberFieldProps extends FieldFrame {
  /** Null where nothing (or nothing that is a number) stands in the field. */
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number | 'any';
  /** Written behind the field: "epochs". */
  readonly unit?: string;
  readonly name?: string;
  readonly required?: boolean;
  readonly disabled?: boolean;
  readonly placeholder?: string;
}

/** A number, typed as one types: "0." and "1e-" are kept while they are being written. */
export function NumberField(props: NumberFieldProps) {
  const { label, hint, error, hideLabel, className, value, onChange, unit, min, max, step = 'any' } = props;
  const id = useId();
  const [draft, setDraft] = useState(() => (value === null ? '' : String(value)));
  // What was typed stays while it means the value; a value from outside replaces it.
  const shown = asNumber(draft) === value ? draft : value === null ? '' : String(value);
  return (
    <Field id={id} label={label} hint={hint} error={error} hideLabel={hideLabel} className={className}>
      <span className="m-input-row">
        <input
          {...tiedTo(id, props)}
          className="m-input m-input--number"
          inputMode="decimal"
          type="number"
          name={props.name}
          required={props.required}
          disabled={props.disabled}
          placeholder={props.placeholder}
          min={min}
          max={max}
          step={step}
          value={shown}
          onChange={(event) => {
            setDraft(event.target.value);
            onChange(asNumber(event.target.value));
          }}
        />
        {unit && <span className="m-input-row__unit">{unit}</span>}
      </span>
    </Field>
  );
}

function asNumber(text: string): number | null {
  const number = Number(text);
  return text.trim() === '' || !Number.isFinite(number) ? null : number;
}
