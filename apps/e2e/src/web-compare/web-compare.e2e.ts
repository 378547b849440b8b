import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openBrowser } from '../browser/open-browser.js';
import { awake } from '../web/awake.js';
import { chartNumbers, chartOf, exportedText } from '../web/chart-numbers.js';
import { openPage, type OpenPage } from '../web/pages.js';
import { sectionOf } from '../web/section.js';
import { all, WholeSystem } from '../whole-path/whole-system.js';

const spec = { arch: 'lenet5', trainLimit: 200, batchSize: 50, epochs: 3 };
const seeds = [7, 8];

let system: WholeSystem;
let browser: Browser;
let opened: OpenPage;
let page: Page;
/** Ids, the newest first, as the table shows them. */
let ids: readonly string[] = [];

beforeAll(async () => {
  if (!(await hasBrowser())) return;
  [system, browser] = await Promise.all([WholeSystem.start({ web: true }), openBrowser()]);
  const submitted: string[] = [];
  for (const seed of seeds) submitted.push(await system.submit({ ...spec, seed }));
  for (const id of submitted) await all(system.follow(id));
  ids = submitted.toReversed();
  opened = await openPage(browser);
  page = opened.page;
});
afterAll(async () => {
  await browser?.close();
  await system?.close();
});

/** What a comparison shows: its title, the legend of a chart, and every number of that chart. */
async function shownBy(page: Page) {
  const legend = page.getByRole('list', { name: 'Compared runs' }).getByRole('link');
  await expect.poll(() => legend.count()).toBe(seeds.length);
  return {
    title: await page.getByRole('heading', { level: 1 }).textContent(),
    runs: await legend.allTextContents(),
    accuracy: await chartNumbers(page, 'Accuracy'),
    crossEntropy: await chartNumbers(page, 'Cross-entropy'),
  };
}

describe.skipIf(!(await hasBrowser()))('runs side by side [needs browser]', () => {
  it('are chosen in the table and compared with the keyboard alone', async () => {
    await page.goto(system.webUrl);
    await awake(page);
    await page.getByRole('table', { name: 'Runs' }).getByRole('row').nth(seeds.length).waitFor();
    for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key);
    await page.getByText('2 selected', { exact: true }).waitFor();
    await expect.poll(() => new URL(page.url()).searchParams.get('selected')).toBe(ids.join(','));
    await page.keyboard.press('c');
    await page.waitForURL(/\/compare\?/);
    expect(new URL(page.url()).searchParams.get('runs')).toBe(ids.join(','));
  });

  it('have a curve each in every chart', async () => {
    const { accuracy } = await shownBy(page);
    const names = ids.map((id) => id.slice(0, 8));
    expect(accuracy).toHaveLength(spec.epochs);
    for (const row of accuracy) {
      // In whatever order: a name of eight digits comes before all words.
      expect(Object.keys(row).toSorted()).toEqual(['step', ...names].toSorted());
      for (const name of names) expect(row[name]).toBeGreaterThan(0);
    }
  });

  it('differ in the seed, which the difference of their settings says and nothing else', async () => {
    const table = page.getByRole('region', { name: 'Settings of the compared runs' });
    await expect.poll(() => table.getByRole('row').count()).toBe(2);
    const cells = await table.getByRole('row').last().getByRole('cell').allTextContents();
    expect(cells).toEqual(['Seed', ...seeds.toReversed().map(String)]);
  });

  it('have a line each through the setting that differs and what came of it', async () => {
    const rows = await chartNumbers(page, 'Parallel coordinates');
    expect(rows.map((row) => [row['Run'], row['Seed']])).toEqual(
      ids.map((id, place) => [id.slice(0, 8), seeds.toReversed()[place]]),
    );
    for (const row of rows) {
      // In whatever order: JSON has none.
      expect(Object.keys(row).toSorted()).toEqual(
        ['Run', 'Seed', 'Accuracy', 'Cross-entropy', 'Parameters', 'Time (s)'].toSorted(),
      );
      for (const outcome of ['Accuracy', 'Cross-entropy', 'Parameters', 'Time (s)'])
        expect(row[outcome]).toBeGreaterThan(0);
    }
    const chart = chartOf(page, 'Parallel coordinates');
    await chart.getByRole('img', { name: 'Parallel coordinates: 2 lines through 5 axes' }).waitFor();
    expect(await chart.locator('[data-line]').count()).toBe(seeds.length);
  });

  it('stand out in it one at a time, by the keyboard too', async () => {
    const chart = chartOf(page, 'Parallel coordinates');
    const faded = () =>
      chart
        .locator('[data-line][opacity]')
        .evaluateAll((lines) => lines.map((line) => line.getAttribute('data-line')));
    expect(await faded()).toEqual([]);
    await chart.getByRole('button', { name: ids[0]?.slice(0, 8) ?? '' }).focus();
    await expect.poll(faded).toEqual([ids[1]]);
    await page.getByRole('heading', { level: 1 }).click();
    await expect.poll(faded).toEqual([]);
  });

  it('are given away as LaTeX', async () => {
    const text = await exportedText(page, sectionOf(page, 'Outcomes'), 'LaTeX');
    expect(text).toContain('\\begin{tabular}');
    for (const id of ids) expect(text).toContain(id.slice(0, 8));
  });

  it('look the same to another person who opens the address, hidden curves too', async () => {
    await page.getByRole('checkbox', { name: `Show the curves of ${ids[0]?.slice(0, 8)}` }).uncheck();
    await expect.poll(() => new URL(page.url()).searchParams.get('hidden')).toBe(ids[0]);
    const mine = await shownBy(page);
    const other = await openPage(browser);
    await other.page.goto(page.url());
    expect(await shownBy(other.page)).toEqual(mine);
    expect(
      await other.page
        .getByRole('checkbox', { name: `Show the curves of ${ids[0]?.slice(0, 8)}` })
        .isChecked(),
    ).toBe(false);
    expect(other.complaints).toEqual([]);
    await other.close();
  });

  it('are left by the way back, with the selection as it was', async () => {
    await page.goBack();
    await page.getByText('2 selected', { exact: true }).waitFor();
    expect(opened.complaints).toEqual([]);
  });
});
