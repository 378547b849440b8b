import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openBrowser } from '../browser/open-browser.js';
import { openPage } from '../web/pages.js';
import { WholeSystem } from '../whole-path/whole-system.js';

const patienceMs = 60_000;

let system: WholeSystem;
let browser: Browser;

beforeAll(async () => {
  if (!(await hasBrowser())) return;
  [system, browser] = await Promise.all([WholeSystem.start({ web: true }), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await system?.close();
});

describe.skipIf(!(await hasBrowser()))('the first visit [needs browser]', () => {
  it('says what to do next where there is no run, and shows one that is submitted elsewhere without a reload', async () => {
    const { page, complaints, close } = await openPage(browser);
    await page.goto(system.webUrl);
    await page.getByText('There is no run yet', { exact: true }).waitFor();
    await page.getByText(/^npx moda runs submit /).waitFor();
    await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }));

    const id = await system.submit({ arch: 'lenet5', trainLimit: 100, batchSize: 50, epochs: 2 });
    const table = page.getByRole('table', { name: 'Runs' });
    await table.getByRole('link', { name: id.slice(0, 8) }).waitFor({ timeout: patienceMs });
    await table.getByText('succeeded', { exact: true }).waitFor({ timeout: patienceMs });
    expect(await page.evaluate(() => 'isSamePage' in globalThis)).toBe(true);
    expect(complaints).toEqual([]);
    await close();
  });

  it('leads from one app into the other, where nothing is published yet', async () => {
    const { page, complaints, close } = await openPage(browser);
    await page.goto(system.webUrl);
    const links = page.getByRole('navigation', { name: 'Main' }).getByRole('link');
    const pages = await links.allInnerTexts();
    await links.filter({ hasText: 'Marketplace' }).click();
    await page.waitForURL(/\/marketplace$/);
    await page.getByText('0 modules', { exact: true }).waitFor();
    await page.getByText(/^npx moda /).waitFor();
    expect(await links.allInnerTexts()).toEqual(pages);
    await links.filter({ hasText: 'Runs' }).click();
    await page.waitForURL(`${system.webUrl}/`);
    expect(complaints).toEqual([]);
    await close();
  });
});
