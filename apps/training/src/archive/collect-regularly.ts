import type { Logger } from '@moda/service-kit';
import type { ArchiveBlobs } from './archive-blobs.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Whoever reads a file that was replaced comes to its end by then. */
const releasedForMs = 2 * minuteMs;
/** Longer than a file takes from its first byte to its place in the table. */
const unreferredForMs = hourMs;

/**
 * Removes blobs to which no file refers any more: soon those that this process has seen replaced, every hour all others. `stop` waits for what
 * is under way.
 */
export function collectRegularly(
  blobs: Pick<ArchiveBlobs, 'removeReleased' | 'removeUnreferred'>,
  logger: Logger,
): { stop(): Promise<void> } {
  let underWay: Promise<void> | undefined;
  let isFailing = false;
  const once = async (work: () => Promise<number>): Promise<void> => {
    try {
      const removed = await work();
      isFailing = false;
      if (removed > 0) logger.info({ removed }, 'removed blobs to which no file refers');
    } catch (error) {
      if (!isFailing) logger.warn({ err: error }, 'Blobs could not be removed; it is tried again.');
      isFailing = true;
    } finally {
      underWay = undefined;
    }
  };
  const soon = setInterval(() => {
    underWay ??= once(() => blobs.removeReleased(releasedForMs));
  }, minuteMs).unref();
  const hourly = setInterval(() => {
    const before = underWay ?? Promise.resolve();
    underWay = before.then(() => once(() => blobs.removeUnreferred(unreferredForMs)));
  }, hourMs).unref();
  return {
    async stop() {
      clearInterval(soon);
      clearInterval(hourly);
      await underWay;
    },
  };
}
