import { ModaError } from '@moda/contracts';
import type { ChannelSet } from './architecture.js';

/**
 * Fails with ARCHITECTURE_INVALID unless `kept` is a non-empty, strictly ascending list of channels in 0 .. of-1.
 *
 * @param owner name of the operator whose set it is, for the sentence
 */
export function checkChannelSet(owner: string, set: ChannelSet): void {
  const problem = problemOf(set);
  if (problem === undefined) return;
  throw new ModaError(
    'ARCHITECTURE_INVALID',
    `The channel set of operator "${owner}" ${problem}; list the channels present, ascending, each in 0..of-1.`,
    { operator: owner },
  );
}

function problemOf({ of, kept }: ChannelSet): string | undefined {
  if (!Number.isSafeInteger(of) || of < 1) return `is of ${of} channels`;
  if (kept.length === 0) return `keeps none of its ${of} channels`;
  let last = -1;
  for (const channel of kept) {
    if (!Number.isInteger(channel) || channel < 0 || channel >= of) {
      return `keeps channel ${channel}, but is of ${of} channels`;
    }
    if (channel <= last) return `keeps channel ${channel} after channel ${last}`;
    last = channel;
  }
  return undefined;
}
