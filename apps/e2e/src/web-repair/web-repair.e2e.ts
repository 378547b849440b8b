import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openBrowser } from '../browser/open-browser.js';
import { type OpenPage, openPage } from '../web/pages.js';
import { settled } from '../web/settled.js';
import { decompose, succeeded } from '../web/show-something.js';
import { WholeSystem } from '../whole-path/whole-system.js';

/** Knows every digit after half a minute of two processors. */
const strongSpec = { arch: 'lenet5', method: 'moda', gamma: 1, epochs: 5, batchSize: 32 };
/** Has seen too few images too seldom to know them all. */
const weakSpec = {
  ...{ arch: 'lenet5', method: 'standard', epochs: 12, trainLimit: 360, batchSize: 32, augment: false },
  classes: ['3', '5', '6', '8', '9'],
};
const patienceMs = 240_000;

let system: WholeSystem;
let browser: Browser;
let opened: OpenPage;
let page: Page;
let weak = '';
let strong = '';

beforeAll(async () => {
  if (!(await hasBrowser())) return;
  [system, browser] = await Promise.all([WholeSystem.start({ web: true }), openBrowser()]);
  weak = await system.submit(weakSpec);
  const training = await system.submit(strongSpec);
  await succeeded(system, weak);
  await succeeded(system, training);
  strong = await decompose(system, training);
  opened = await openPage(browser);
  page = opened.page;
});
afterAll(async () => {
  await browser?.close();
  await system?.close();
});

/** Goes through the wizard for the first or the last of the classes, which stand the worst first; returns the class and the verdict. */
async function repair(which: 'first' | 'last'): Promise<{ name: string; verdict: Locator }> {
  await page.goto(`${system.webUrl}/repair`);
  await settled(page);
  await page.getByRole('button', { name: `Choose ${weak.slice(0, 8)}`, exact: true }).click();
  const classes = page.getByRole('table', { name: 'Classes of the weak model, the worst first' });
  const buttons = classes.getByRole('button', { name: /^Choose class/ });
  await expect.poll(() => buttons.count()).toBe(weakSpec.classes.length);
  const button = which === 'first' ? buttons.first() : buttons.last();
  const name = ((await button.textContent()) ?? '').replace(/^.*class /s, '');
  await button.click();
  await page.getByRole('button', { name: `Choose the module of ${strong.slice(0, 8)}`, exact: true }).click();
  await page.getByRole('button', { name: `Repair class ${name}` }).click();
  const verdict = page
    .getByRole('status')
    .filter({ has: page.getByRole('heading', { name: /Accepted|Refused|cannot be judged/ }) });
  await verdict.waitFor({ timeout: patienceMs });
  return { name, verdict };
}

/** The ends of an interval, as the sentence about the repaired class tells them, in percentage points. */
function intervalIn(text: string): readonly [number, number] {
  const found = /with 95 % confidence between (\S+) points and (\S+) points/.exec(text.replace(/\s/g, ' '));
  const [lower, upper] = (found?.slice(1) ?? []).map((word) => Number(word.replace('−', '-')));
  return [lower ?? NaN, upper ?? NaN];
}

describe.skipIf(!(await hasBrowser()))('the repair of a class [needs browser]', () => {
  it('is accepted where the whole interval of the gain is above zero, and can be published', async () => {
    const { name, verdict } = await repair('first');
    const text = await verdict.innerText();
    expect(text).toContain(`Accepted: class ${name} is better.`);
    const [lower, upper] = intervalIn(text);
    expect(lower).toBeGreaterThan(0);
    expect(upper).toBeGreaterThan(lower);
    await verdict.getByRole('link', { name: 'Publish the repaired model' }).waitFor();
  });

  it('shows before and after of every class', async () => {
    const table = page.getByRole('table', { name: 'Accuracy of each class before and after the repair' });
    expect(await table.getByRole('row').count()).toBe(1 + weakSpec.classes.length);
    for (const title of ['Confusion before', 'Confusion after'])
      await page.getByRole('heading', { name: title }).waitFor();
  });

  it('is refused where the interval crosses zero: the model knew the class already', async () => {
    const { name, verdict } = await repair('last');
    const text = await verdict.innerText();
    expect(text).toContain(`Refused: class ${name} is not shown to be better.`);
    const [lower, upper] = intervalIn(text);
    expect(lower).toBeLessThanOrEqual(0);
    expect(upper).toBeGreaterThanOrEqual(0);
    expect(await page.getByRole('link', { name: 'Publish the repaired model' }).count()).toBe(0);
  });

  it('is the same for another person who opens the address', async () => {
    const other = await openPage(browser);
    await other.page.goto(page.url());
    await other.page.getByText('is not shown to be better').waitFor();
    expect([...opened.complaints, ...other.complaints]).toEqual([]);
    await other.close();
  });
});
