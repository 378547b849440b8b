import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openBrowser } from '../browser/open-browser.js';
import { awake } from '../web/awake.js';
import type { WhatToShow } from '../web/every-page.js';
import { type OpenPage, openPage } from '../web/pages.js';
import { showSomething } from '../web/show-something.js';
import { WholeSystem } from '../whole-path/whole-system.js';

/** More presses of Tab than any page has places. */
const mostTabs = 120;

let system: WholeSystem;
let browser: Browser;
let opened: OpenPage;
let page: Page;
let shown: WhatToShow;

beforeAll(async () => {
  if (!(await hasBrowser())) return;
  [system, browser] = await Promise.all([WholeSystem.start({ web: true }), openBrowser()]);
  shown = await showSomething(system);
  opened = await openPage(browser);
  page = opened.page;
});
afterAll(async () => {
  await browser?.close();
  await system?.close();
});

interface Focus {
  readonly text: string;
  /** Whether people see where it is. */
  readonly isVisible: boolean;
}

/** What has the focus, and whether an outline around it, or around what stands for it, says so. */
async function focus(): Promise<Focus> {
  return page.evaluate(() => {
    const element = document.activeElement ?? document.body;
    const isOutlined = (one: Element | null) => {
      if (one === null) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
    };
    return {
      text: (element.getAttribute('aria-label') ?? element.textContent ?? '').trim(),
      isVisible: isOutlined(element) || isOutlined(element.nextElementSibling),
    };
  });
}

/** Presses Tab until what has the focus reads so; every stop on the way has to be seen. */
async function tabTo(text: RegExp): Promise<void> {
  for (let i = 0; i < mostTabs; i += 1) {
    await page.keyboard.press('Tab');
    const at = await focus();
    expect(at.isVisible, `the focus on "${at.text}"`).toBe(true);
    if (text.test(at.text)) return;
  }
  throw new Error(`${mostTabs} times Tab did not lead to ${text.source}.`);
}

describe.skipIf(!(await hasBrowser()))('with the keyboard alone [needs browser]', () => {
  const current = () => page.getByRole('table', { name: 'Runs' }).locator('tr[aria-current=true]');

  it('the content is the first stop, past the navigation', async () => {
    await page.goto(system.webUrl);
    await awake(page);
    await tabTo(/^Skip to the content$/);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('main');
  });

  it('the keys are shown on ?, and the page is as it was after Escape', async () => {
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keys' });
    await dialog.getByText('Compare the selected runs').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await current().count()).toBe(0);
  });

  it('keys are letters where text is typed', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('jx');
    const field = page.getByRole('searchbox', { name: 'Search runs' });
    expect(await field.inputValue()).toBe('jx');
    expect(await current().count()).toBe(0);
    for (let i = 0; i < 2; i += 1) await page.keyboard.press('Backspace');
    await page.keyboard.press('Tab');
  });

  it('a run is found in the table and opened, and its parts are gone through', async () => {
    for (const key of ['j', 'j', 'k']) await page.keyboard.press(key);
    const label = (await current().getByRole('link').first().textContent()) ?? '';
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`/runs/${label}`));
    await page.getByRole('navigation', { name: 'Parts of this run' }).waitFor();
    await tabTo(/^Log$/);
    await page.keyboard.press('Enter');
    await page.getByRole('log', { name: 'Log' }).waitFor();
    await page.goBack();
    await page.waitForURL(new RegExp(`/runs/${label}[^/]*$`));
    await page.goBack();
    await page.waitForURL((url) => url.pathname === '/');
  });

  it('two runs are selected and compared', async () => {
    await page.getByRole('table', { name: 'Runs' }).getByRole('row').nth(1).waitFor();
    for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key);
    await page.getByText('2 selected', { exact: true }).waitFor();
    await page.keyboard.press('c');
    const compared = page.getByRole('list', { name: 'Compared runs' });
    await expect.poll(() => compared.getByRole('listitem').count()).toBe(2);
    await page.goBack();
    await page.getByText('2 selected', { exact: true }).waitFor();
  });

  it('a module goes into the cart, and the cart is opened', async () => {
    await page.goto(`${system.webUrl}/marketplace`);
    await awake(page);
    const name = /^Add to cart: /;
    await page.getByRole('button', { name }).first().waitFor();
    await page.keyboard.press('j');
    expect((await focus()).isVisible).toBe(true);
    await page.keyboard.press('x');
    await page.getByRole('button', { name: /^In the cart: / }).waitFor();
    await page.keyboard.press('c');
    await page.waitForURL(/\/marketplace\/cart\?/);
    expect(new URL(page.url()).searchParams.get('of')).toBe(shown.reference);
    await tabTo(/^Compose and try in this page$/);
    expect(opened.complaints).toEqual([]);
  });
});
