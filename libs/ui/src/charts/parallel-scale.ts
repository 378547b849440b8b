import { scalePoint } from 'd3-scale';
import { extent } from './axis-text.js';
import { numberScale } from './number-scale.js';

/** What a line has on an axis; null, or a number that is not finite, where it has nothing there. */
export type ParallelValue = number | string | null;

export interface ParallelTick {
  readonly value: number | string;
  /** Pixels. */
  readonly at: number;
}

/** One upright axis: where each value stands on it. */
export interface ParallelScale {
  /** Texts stand at equal distances, in the order of the alphabet, numbers within them counted as numbers. */
  readonly kind: 'linear' | 'log' | 'text';
  /** Pixels; undefined for what is missing. */
  readonly place: (value: ParallelValue) => number | undefined;
  /** From the lowest to the highest. */
  readonly ticks: readonly ParallelTick[];
}

/** Positive numbers that span more than this factor are told apart on a logarithmic axis only. */
const widestLinear = 100;

/**
 * The axis for these values: of numbers, linear or logarithmic; of texts where one of them is a text.
 *
 * @param range pixels of its lowest and of its highest value
 * @param ticks about as many for numbers; each text has one
 */
export function parallelScale(
  values: readonly ParallelValue[],
  range: readonly [number, number],
  ticks: number,
): ParallelScale {
  const kind = kindOf(values);
  return kind === 'text' ? textScale(values, range) : scaleOfNumbers(kind, values, range, ticks);
}

function kindOf(values: readonly ParallelValue[]): ParallelScale['kind'] {
  if (values.some((value) => typeof value === 'string')) return 'text';
  const [low, high] = extent(values.filter(isNumber)) ?? [0, 0];
  return low > 0 && high / low > widestLinear ? 'log' : 'linear';
}

function textScale(values: readonly ParallelValue[], range: readonly [number, number]): ParallelScale {
  const texts = [...new Set(values.filter(isPresent).map(String))].sort(collator.compare);
  const scale = scalePoint(texts, range);
  return {
    kind: 'text',
    place: (value) => (isPresent(value) ? scale(String(value)) : undefined),
    ticks: ticksAt(texts, scale),
  };
}

function scaleOfNumbers(
  kind: 'linear' | 'log',
  values: readonly ParallelValue[],
  range: readonly [number, number],
  count: number,
): ParallelScale {
  const numbers = values.filter(isNumber);
  const scale = numberScale({ values: numbers, range, ticks: count, log: kind === 'log', nice: true });
  // Between two seeds there is no half one.
  const isWhole = numbers.every(Number.isInteger);
  return {
    kind,
    place: (value) => (isNumber(value) ? scale.place(value) : undefined),
    ticks:
      numbers.length === 0
        ? []
        : ticksAt(
            scale.ticks.filter((tick) => !isWhole || Number.isInteger(tick)),
            scale.place,
          ),
  };
}

function ticksAt<Value extends number | string>(
  values: readonly Value[],
  place: (value: Value) => number | undefined,
): readonly ParallelTick[] {
  return values.flatMap((value) => {
    const at = place(value);
    return at === undefined ? [] : [{ value, at }];
  });
}

function isNumber(value: ParallelValue): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isPresent(value: ParallelValue): value is number | string {
  return typeof value === 'string' || isNumber(value);
}

const collator = new Intl.Collator('en', { numeric: true });
