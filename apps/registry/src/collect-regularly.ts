import type { BlobStore } from '@moda/blob-store';
import type { Logger } from '@moda/service-kit';
import type { Catalogue } from './catalogue/catalogue.js';
import { collectGarbage } from './collect/collect-garbage.js';

export interface RegularCollectionParts {
  readonly catalogue: Catalogue;
  readonly blobs: BlobStore;
  readonly clock: () => Date;
  readonly logger: Logger;
  /** An hour if left out (ms). */
  readonly everyMs?: number;
}

const hourMs = 3_600_000;

/** Collects again and again, never twice at a time. `stop` waits for the one under way. */
export function collectRegularly({ everyMs = hourMs, logger, ...parts }: RegularCollectionParts): {
  stop(): Promise<void>;
} {
  let underWay: Promise<void> | undefined;
  const collect = async (): Promise<void> => {
    try {
      const { removed, expiredDrafts, temporaries } = await collectGarbage(parts);
      logger.info({ removed, expiredDrafts, temporaries }, 'collected what nothing refers to');
    } catch (error) {
      logger.error({ err: error }, 'The collection failed; it will be tried again.');
    } finally {
      underWay = undefined;
    }
  };
  const timer = setInterval(() => void (underWay ??= collect()), everyMs).unref();
  return {
    async stop() {
      clearInterval(timer);
      await underWay;
    },
  };
}
