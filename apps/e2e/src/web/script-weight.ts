import type { Page } from 'playwright-core';

export interface ScriptWeight {
  /** Scripts as they came over the wire, compressed (bytes). */
  readonly bytes: number;
  /** Of them those of the page itself, without what its workers load. */
  readonly bytesOfDocument: number;
  /** Names of scripts that register a back end of TensorFlow.js. */
  readonly tensorFlow: readonly string[];
}

/** Begins to weigh the scripts that a page loads; call what it returns when the page has loaded. */
export function weighScripts(page: Page): () => Promise<ScriptWeight> {
  const weights: Promise<{ url: string; bytes: number; isTensorFlow: boolean } | undefined>[] = [];
  page.on('requestfinished', (request) => {
    if (!request.url().endsWith('.js')) return;
    weights.push(
      (async () => {
        const { responseBodySize: bytes } = await request.sizes();
        const text = (await (await request.response())?.text()) ?? '';
        return { url: request.url(), bytes, isTensorFlow: text.includes('registerBackend(') };
      })(),
    );
  });
  return async () => {
    const all = (await Promise.all(weights)).filter((weight) => weight !== undefined);
    return {
      bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
      bytesOfDocument: await page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .map((entry) => entry as PerformanceResourceTiming)
          // What is fetched is kept for a time without a network, and not run.
          .filter(({ name, initiatorType }) => name.endsWith('.js') && initiatorType !== 'fetch')
          .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
      ),
      tensorFlow: all.filter(({ isTensorFlow }) => isTensorFlow).map(({ url }) => new URL(url).pathname),
    };
  };
}
