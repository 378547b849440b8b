import type { ReactNode } from 'react';

export interface KeyValue {
  readonly name: string;
  readonly value: ReactNode;
}

export interface KeyValuesProps {
  readonly items: readonly KeyValue[];
  readonly className?: string;
}

/** Facts about one thing. */
export function KeyValues({ items, className = '' }: KeyValuesProps) {
  return (
    <dl className={`m-facts ${className}`}>
      {items.map(({ name, value }) => (
        <div key={name} className="m-facts__item">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export interface StatProps {
  readonly label: string;
  readonly value: ReactNode;
  /** What the number is of or compared with. */
  readonly note?: ReactNode;
  readonly className?: string;
}

/** One number that matters, large. */
export function Stat({ label, value, note, className = '' }: StatProps) {
  return (
    <div className={`m-stat ${className}`}>
      <div className="m-stat__label">{label}</div>
      <div className="m-stat__value">{value}</div>
      {note && <div className="m-stat__note">{note}</div>}
    </div>
  );
}
