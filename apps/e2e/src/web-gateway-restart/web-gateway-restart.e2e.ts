import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openBrowser } from '../browser/open-browser.js';
import { chartNumbers, chartOf } from '../web/chart-numbers.js';
import { openPage, type OpenPage } from '../web/pages.js';
import { WholeSystem } from '../whole-path/whole-system.js';

/** Goes on for longer than a gateway needs to come back, with fewer points than a page draws all of. */
const spec = { arch: 'lenet5', trainLimit: 200, batchSize: 200, epochs: 2000 };
const patienceMs = 120_000;
const title = 'Cross-entropy';

let system: WholeSystem;
let browser: Browser;
let opened: OpenPage;
let page: Page;
let id = '';

beforeAll(async () => {
  if (!(await hasBrowser())) return;
  [system, browser] = await Promise.all([WholeSystem.start({ web: true }), openBrowser()]);
  id = await system.submit(spec);
  opened = await openPage(browser);
  page = opened.page;
});
afterAll(async () => {
  await browser?.close();
  await system?.close();
});

const steps = async (): Promise<readonly number[]> =>
  (await chartNumbers(page, title)).map((row) => Number(row['step']));

/** Waits until the page has more points than it had. */
async function waitForMore(before: number): Promise<void> {
  await expect.poll(async () => (await steps()).length, { timeout: patienceMs }).toBeGreaterThan(before);
}

describe.skipIf(!(await hasBrowser()))('a gateway that is killed under an open page [needs browser]', () => {
  const connection = () => page.getByRole('main').getByRole('status');

  it('is told by the page, which keeps what it has', async () => {
    await page.goto(`${system.webUrl}/runs/${id}`);
    await waitForMore(2);
    await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }));
    await system.kill('gateway');
    await connection().getByText('connection lost, trying again').waitFor({ timeout: patienceMs });
    expect((await steps()).length).toBeGreaterThan(2);
    expect(await chartOf(page, title).getByRole('img').first().isVisible()).toBe(true);
  });

  it('is found again when it is back, without a reload', async () => {
    const before = await steps();
    await system.startMissing();
    await connection().getByText('live', { exact: true }).waitFor({ timeout: patienceMs });
    await waitForMore(before.length);
    expect(await page.evaluate(() => 'isSamePage' in globalThis)).toBe(true);
  });

  it('leaves no gap and no point twice', async () => {
    await system.ask('mutation ($ids: [ID!]!) { cancelRuns(ids: $ids) { __typename } }', { ids: [id] });
    await page
      .getByRole('main')
      .getByText('cancelled', { exact: true })
      .first()
      .waitFor({ timeout: patienceMs });
    const { series } = await system.ask<{ series: { points: { step: number; value: number }[] }[] }>(
      'query ($id: ID!) { series(runIds: [$id], names: ["crossEntropy"], points: 2000) { points { step value } } }',
      { id },
    );
    const stored = series[0]?.points ?? [];
    await expect
      .poll(async () => (await chartNumbers(page, title)).map((row) => Object.values(row)))
      .toEqual(stored.map(({ step, value }) => [step, value]));
    expect(stored.length).toBeGreaterThan(2);
  });
});
