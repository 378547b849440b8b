import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openBrowser } from '../browser/open-browser.js';
import { violations } from '../web/axe.js';
import { everyPage, type WhatToShow } from '../web/every-page.js';
import { openPage } from '../web/pages.js';
import { settled } from '../web/settled.js';
import { showSomething } from '../web/show-something.js';
import { WholeSystem } from '../whole-path/whole-system.js';

const widths = [1440, 390];
const themes = ['light', 'dark'] as const;
const names = everyPage({ runs: ['', ''], decomposed: '', reference: '' }).map(({ title }) => title);

let system: WholeSystem;
let browser: Browser;
let shown: WhatToShow;

beforeAll(async () => {
  if (!(await hasBrowser())) return;
  [system, browser] = await Promise.all([WholeSystem.start({ web: true }), openBrowser()]);
  shown = await showSomething(system);
});
afterAll(async () => {
  await browser?.close();
  await system?.close();
});

/** How much of the page lies beside the window (CSS pixels). */
function widerThanWindow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

describe.skipIf(!(await hasBrowser()))('every page for everyone [needs browser]', () => {
  it.each(names)(
    'has no violation that a program can see, wide and narrow, light and dark: %s',
    async (title) => {
      const path = everyPage(shown).find((planned) => planned.title === title)?.path ?? '';
      const { page, complaints, close } = await openPage(browser, { width: widths[0] });
      await page.goto(`${system.webUrl}${path}`);
      await settled(page);
      const found: string[] = [];
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        await settled(page);
        // Charts follow a new width when they get to it.
        await expect
          .poll(() => widerThanWindow(page), { message: `${width} px: wider than its window` })
          .toBeLessThanOrEqual(0);
        for (const theme of themes) {
          await page.emulateMedia({ colorScheme: theme });
          found.push(...(await violations(page)).map((one) => `${theme}, ${width} px: ${one}`));
        }
      }
      expect(found).toEqual([]);
      // A browser tells of every answer 404, which a page that is not there is.
      const expected = path.endsWith('/nowhere') ? complaints.filter((text) => text.includes('404')) : [];
      expect(complaints).toEqual(expected);
      await close();
    },
  );
});
