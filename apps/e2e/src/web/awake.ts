import type { Page } from 'playwright-core';

/** Waits until the page listens: a key that is pressed before falls on what the server has drawn, and is lost. */
export async function awake(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const drawn = document.querySelector('main button, main input, main a');
    return drawn !== null && Object.keys(drawn).some((key) => key.startsWith('__reactProps$'));
  });
}
