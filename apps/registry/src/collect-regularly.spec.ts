import { createLogger } from '@moda/service-kit';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Catalogue } from './catalogue/catalogue.js';
import { openMemoryBlobStore } from '@moda/blob-store';
import { collectRegularly } from './collect-regularly.js';

/** A catalogue as far as a collection of an empty store needs one. */
function catalogueWith(expireDrafts: () => Promise<number>): Catalogue {
  return { expireDrafts } as unknown as Catalogue;
}

function listening() {
  const lines: string[] = [];
  const logger = createLogger({
    service: 'test',
    level: 'info',
    destination: { write: (line) => lines.push(line) },
  });
  return { lines, logger };
}

describe('the regular collection', () => {
  it('collects again and again, never twice at a time, and stop waits for the one under way', async () => {
    const { logger, lines } = listening();
    let running = 0;
    let most = 0;
    let calls = 0;
    const catalogue = catalogueWith(async () => {
      calls += 1;
      running += 1;
      most = Math.max(most, running);
      await wait(25);
      running -= 1;
      return 0;
    });
    const blobs = openMemoryBlobStore();
    const collection = collectRegularly({ catalogue, blobs, clock: () => new Date(), logger, everyMs: 5 });
    while (calls < 3) await wait(5);
    await collection.stop();
    expect(running).toBe(0);
    expect(most).toBe(1);
    expect(lines[0]).toContain('"removed":0');
    const after = calls;
    await wait(30);
    expect(calls).toBe(after);
  });

  it('goes on after a failure, which it logs', async () => {
    const { logger, lines } = listening();
    let calls = 0;
    const catalogue = catalogueWith(async () => {
      calls += 1;
      throw new Error('no database');
    });
    const blobs = openMemoryBlobStore();
    const collection = collectRegularly({ catalogue, blobs, clock: () => new Date(), logger, everyMs: 5 });
    while (calls < 2) await wait(5);
    await collection.stop();
    expect(lines[0]).toContain('no database');
  });
});
