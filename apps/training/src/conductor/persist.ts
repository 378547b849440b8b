import { setTimeout as sleep } from 'node:timers/promises';
import { isModaError } from '@moda/contracts';
import type { ConductorContext } from './conductor-context.js';

/**
 * Does a step again and again for as long as the store does not answer. Each step has to be one that may be done twice: a change of state
 * names the state before, and a journal is taken in from the place that the store has.
 *
 * @throws what the step throws otherwise; DATABASE_UNREACHABLE once `giveUp` is aborted
 */
export async function persist<T>(
  { giveUp, logger, timings }: Pick<ConductorContext, 'giveUp' | 'logger' | 'timings'>,
  step: () => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await step();
    } catch (error) {
      if (!isModaError(error) || error.code !== 'DATABASE_UNREACHABLE' || giveUp.aborted) throw error;
      if (tries === 1) logger.warn({ err: error }, 'The database does not answer; it is asked again.');
      await sleep(timings.retryMs, undefined, { signal: giveUp }).catch(() => undefined);
    }
  }
}
