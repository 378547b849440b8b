'use client';

import type { ReactNode } from 'react';

export interface CheckboxProps {
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  /** Some of what it stands for is chosen. */
  readonly indeterminate?: boolean;
  readonly hideLabel?: boolean;
  readonly disabled?: boolean;
  readonly name?: string;
  readonly className?: string;
}

/** Yes or no. */
export function Checkbox(props: CheckboxProps) {
  const {
    label,
    checked,
    onChange,
    indeterminate = false,
    hideLabel,
    disabled,
    name,
    className = '',
  } = props;
  return (
    <label className={`m-check ${className}`}>
      <input
        ref={(input) => {
          if (input) input.indeterminate = indeterminate;
        }}
        type="checkbox"
        name={name}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className={hideLabel ? 'm-visually-hidden' : undefined}>{label}</span>
    </label>
  );
}
