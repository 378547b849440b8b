import { checkSpec } from './spec-issues.js';
import { type TrainSpec, trainSpecSchema } from './train-spec.js';

/**
 * A whole run from what anyone asked for: fields checked, defaults filled in, absent ones left out. A spec that was parsed once
 * is parsed to itself.
 *
 * @throws ModaError SPEC_INVALID, whose sentence names the field and the way on; details are `path`, the first wrong field, and
 *   `issues`, all of them as `{ path, message }`
 */
export function parseTrainSpec(value: unknown): TrainSpec {
  return checkSpec(value, trainSpecSchema, 'A run');
}
