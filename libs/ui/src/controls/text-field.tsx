'use client';

import { type InputHTMLAttributes, useId } from 'react';
import { Field, type FieldFrame, tiedTo } from './field.js';

export interface TextFieldProps
  extends
    FieldFrame,
    Pick<
      InputHTMLAttributes<HTMLInputElement>,
      | 'name'
      | 'placeholder'
      | 'required'
      | 'disabled'
      | 'readOnly'
      | 'type'
      | 'autoComplete'
      | 'maxLength'
      | 'list'
      | 'onBlur'
    > {
  readonly value?: string;
  readonly defaultValue?: string;
  readonly onChange?: (value: string) => void;
  /** Several lines, as many as given. */
  readonly lines?: number;
  /** Commands, digests and other text that is read letter by letter. */
  readonly mono?: boolean;
}

/** One line of text, or several. */
export function TextField(props: TextFieldProps) {
  const { label, hint, error, hideLabel, className, onChange, lines, mono, type, list, onBlur, ...rest } =
    props;
  const id = useId();
  const shared = { ...rest, ...tiedTo(id, props), className: `m-input ${mono ? 'm-mono' : ''}` };
  return (
    <Field id={id} label={label} hint={hint} error={error} hideLabel={hideLabel} className={className}>
      {lines ? (
        <textarea {...shared} rows={lines} onChange={(event) => onChange?.(event.target.value)} />
      ) : (
        <input
          {...shared}
          type={type ?? 'text'}
          list={list}
          onBlur={onBlur}
          onChange={(event) => onChange?.(event.target.value)}
        />
      )}
    </Field>
  );
}
