import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/** A page that has not changed for so long has shown what it had to (ms). */
const quietMs = 500;
const longestMs = 60_000;

/** Waits until nothing is on its way any more: no placeholder, nothing busy, and the same text for half a second. */
export async function settled(page: Page): Promise<void> {
  const deadline = Date.now() + longestMs;
  for (let before = ''; Date.now() < deadline; await sleep(quietMs)) {
    const now = await page.evaluate(() =>
      document.querySelector('.m-skeleton, [aria-busy=true]') === null ? document.body.innerText : '',
    );
    if (now !== '' && now === before) return;
    before = now;
  }
  throw new Error(`${page.url()} is still loading after ${longestMs} ms.`);
}
