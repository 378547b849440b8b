import { scaleLinear, scaleLog } from 'd3-scale';
import { extent } from './axis-text.js';

/** From numbers to pixels and back, along one axis. */
export interface NumberScale {
  readonly domain: readonly [number, number];
  /** Pixels; undefined for what has no place, such as zero on a logarithmic axis. */
  readonly place: (value: number) => number | undefined;
  readonly read: (pixels: number) => number;
  /** Round numbers within the domain, rising. */
  readonly ticks: readonly number[];
}

interface ScaleInputs {
  readonly values: Iterable<number | null | undefined>;
  /** Pixels where the axis begins and ends. */
  readonly range: readonly [number, number];
  /** About as many ticks. */
  readonly ticks: number;
  readonly log?: boolean | undefined;
  /** Zero belongs to the axis. */
  readonly zero?: boolean | undefined;
  /** The axis ends at round numbers. */
  readonly nice?: boolean | undefined;
  /** Its ends; without them the values decide. */
  readonly domain?: readonly [number, number] | undefined;
}

/** The scale for these values; without any value an axis from 0 to 1 all the same. */
export function numberScale(inputs: ScaleInputs): NumberScale {
  return inputs.log ? logScale(inputs) : linearScale(inputs);
}

function linearScale({ values, range, ticks, zero, nice, domain }: ScaleInputs): NumberScale {
  const [low, high] = domain ?? extent(values) ?? [0, 1];
  const ends: [number, number] = zero ? [Math.min(0, low), Math.max(0, high)] : [low, high];
  if (isPoint(ends)) return pointScale(ends[0], range);
  const scale = scaleLinear(ends, range);
  if (nice && !domain) scale.nice();
  return {
    domain: endsOf(scale.domain()),
    place: scale,
    read: (pixels) => scale.invert(pixels),
    ticks: scale.ticks(ticks),
  };
}

function logScale({ values, range, ticks, domain }: ScaleInputs): NumberScale {
  const ends: readonly [number, number] = domain ?? extent(positive(values)) ?? [1, 10];
  if (isPoint(ends)) return pointScale(ends[0], range);
  const scale = scaleLog(ends, range);
  return {
    domain: ends,
    place: (value) => (value > 0 ? scale(value) : undefined),
    read: (pixels) => scale.invert(pixels),
    ticks: withRoom(scale.ticks(ticks), ticks),
  };
}

/** A single number stands in the middle. */
function pointScale(value: number, [from, to]: readonly [number, number]): NumberScale {
  return { domain: [value, value], place: () => (from + to) / 2, read: () => value, ticks: [value] };
}

/** Of the ticks of a logarithmic scale, which has one for each digit, those whose numbers do not run into each other. */
function withRoom(ticks: readonly number[], count: number): readonly number[] {
  for (const digits of [[1, 2, 5], [1]]) {
    if (ticks.length <= 2 * count) break;
    ticks = ticks.filter((tick) => digits.includes(firstDigit(tick)));
  }
  return ticks;
}

function firstDigit(value: number): number {
  return Number(value.toExponential()[0]);
}

function endsOf(domain: readonly number[]): readonly [number, number] {
  return [domain[0]!, domain.at(-1)!];
}

/** Whether what lies between two numbers is rounding and no more. */
function isPoint([low, high]: readonly [number, number]): boolean {
  // Below the smallest of these a step has too few digits left to be counted with.
  return high - low <= Math.max(1e-300, 1e-12 * Math.max(Math.abs(low), Math.abs(high)));
}

function* positive(values: Iterable<number | null | undefined>): Iterable<number> {
  for (const value of values) if (value != null && value > 0) yield value;
}
