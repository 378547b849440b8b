import { parseAsBoolean, parseAsFloat } from 'nuqs/server';

/** How curves are drawn, as it stands in the address: `?smooth=0.6&log=true`. */
export const curveParsers = {
  /** Weight of the past, 0..0.95. */
  smooth: parseAsFloat.withDefault(0),
  log: parseAsBoolean.withDefault(false),
};
