import { type Cell, type ColumnKind, formatCell } from './table.js';

export interface Fact {
  readonly label: string;
  readonly value: Cell;
  readonly kind: ColumnKind;
}

export function fact(label: string, value: Cell | undefined, kind: ColumnKind = 'text'): Fact {
  return { label, value: value ?? null, kind };
}

/** A short list of single results, one a line, labels aligned. */
export function drawFacts(facts: readonly Fact[]): string {
  const width = Math.max(...facts.map(({ label }) => label.length));
  return facts.map(({ label, value, kind }) => `${label.padEnd(width)}  ${withUnit(value, kind)}`).join('\n');
}

function withUnit(value: Cell, kind: ColumnKind): string {
  const text = formatCell(value, kind);
  if (value === null) return text;
  if (kind === 'share') return `${text} %`;
  return kind === 'seconds' ? `${text} s` : text;
}
