import type { ReactNode } from 'react';

/** What every field shows around its input. */
export interface FieldFrame {
  readonly label: string;
  /** What is expected, below the field. */
  readonly hint?: ReactNode;
  /** What is wrong and the way on; marks the field as invalid. */
  readonly error?: string;
  /** The label is there for screen readers only. */
  readonly hideLabel?: boolean;
  readonly className?: string;
}

interface FieldProps extends FieldFrame {
  readonly id: string;
  readonly children: ReactNode;
}

/** Label, input, hint and error of one field, tied together. */
export function Field({ id, label, hint, error, hideLabel, className = '', children }: FieldProps) {
  return (
    <div className={`m-field ${className}`}>
      <label className={hideLabel ? 'm-visually-hidden' : 'm-field__label'} htmlFor={id}>
        {label}
      </label>
      {children}
      {hint && (
        <div className="m-field__hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {error && (
        <div className="m-field__error" id={`${id}-error`}>
          {error}
        </div>
      )}
    </div>
  );
}

/** The attributes that tie an input to its hint and error. */
export function tiedTo(id: string, { hint, error }: Pick<FieldFrame, 'hint' | 'error'>) {
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return { id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined };
}
