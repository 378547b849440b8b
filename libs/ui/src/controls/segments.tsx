'use client';

import { useId } from 'react';
import type { SelectOption } from './select-field.js';

export interface SegmentsProps<Value extends string = string> {
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly options: readonly SelectOption<Value>[];
  readonly hideLabel?: boolean;
  readonly className?: string;
}

/** One of two to five, all in sight: a group of radio buttons drawn side by side. */
export function Segments<Value extends string = string>(props: SegmentsProps<Value>) {
  const { label, value, onChange, options, hideLabel, className = '' } = props;
  const name = useId();
  return (
    <fieldset className={`m-segments ${className}`}>
      <legend className={hideLabel ? 'm-visually-hidden' : 'm-field__label'}>{label}</legend>
      <div className="m-segments__row">
        {options.map((option) => (
          <label key={option.value} className="m-segments__option">
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              disabled={option.disabled}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
