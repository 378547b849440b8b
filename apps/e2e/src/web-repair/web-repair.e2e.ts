import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openBrowser } from '../browser/open-browser.js';
import { awake } from '../web/awake.js';
import { type OpenPage, openPage } from '../web/pages.js';
import { sectionOf } from '../web/section.js';
import { succeeded } from '../web/show-something.js';
import { WholeSystem } from '../whole-path/whole-system.js';

const classCount = 10;
const spec = { arch: 'lenet5', dataset: 'digits', method: 'moda', batchSize: 50 };
/** Two steps of training: it says nearly always the same digit. */
const weakSpec = { ...spec, trainLimit: 100, epochs: 1, seed: 3 };
/** Some 95 of 100 digits are read. Two that differ in their seed only: the one has nothing to teach the other. */
const strongSpec = { ...spec, trainLimit: 2000, epochs: 4, seed: 4 };
const equalSpec = { ...strongSpec, seed: 5 };
const reference = 'ada/repaired@1.0.0';

interface OnClass {
  readonly name: string;
  readonly accuracy: number;
}

let system: WholeSystem;
let browser: Browser;
let opened: OpenPage;
let page: Page;
let weak = '';
let strong = '';
let equal = '';

beforeAll(async () => {
  if (!(await hasBrowser())) return;
  [system, browser] = await Promise.all([WholeSystem.start({ web: true }), openBrowser()]);
  weak = await system.submit(weakSpec);
  strong = await system.submit(strongSpec);
  equal = await system.submit(equalSpec);
  for (const id of [weak, strong, equal]) await succeeded(system, id);
  opened = await openPage(browser);
  page = opened.page;
});
afterAll(async () => {
  await browser?.close();
  await system?.close();
});

/** How a model does on the test images of each class, the worst class first. */
async function classesOf(run: string): Promise<readonly OnClass[]> {
  const answer = await system.ask<{ run: { result: { evaluation: { perClass: readonly OnClass[] } } } }>(
    'query ($id: ID!) { run(id: $id) { result } }',
    { id: run },
  );
  return answer.run.result.evaluation.perClass.toSorted((a, b) => a.accuracy - b.accuracy);
}

interface Repair {
  readonly before: { readonly perClass: readonly OnClass[] };
  readonly after: { readonly perClass: readonly OnClass[] };
}

/** What the repair that the address of the page names came to, as the training service tells it. */
async function repairShown(): Promise<Repair> {
  const { run } = await system.ask<{ run: { result: Repair } }>(
    'query ($id: ID!) { run(id: $id) { result } }',
    { id: chosen('run') },
  );
  return run.result;
}

const chosen = (what: string) => new URL(page.url()).searchParams.get(what) ?? '';
const short = (id: string) => id.slice(0, 8);
const choose = (what: string) => page.getByRole('button', { name: `Choose ${what}`, exact: true }).click();

/** Goes through the wizard as a person does, with the module that stands there for it. */
async function repair(run: string, name: string, teacher: string): Promise<void> {
  await page.goto(`${system.webUrl}/repair`);
  await awake(page);
  await choose(short(run));
  await choose(`class ${name}`);
  await choose(`the module of ${short(teacher)}`);
  await page.getByRole('button', { name: `Repair class ${name}`, exact: true }).click();
  await verdict(page).waitFor({ timeout: patienceMs });
}

/** Trying every test image on two networks takes some seconds of a machine of one's own (ms). */
const patienceMs = 120_000;

const report = (on: Page) => sectionOf(on, '5. Before and after');
/** The paragraph that accepts or refuses. */
const verdict = (on: Page): Locator =>
  report(on)
    .getByRole('status')
    .filter({ has: on.getByRole('heading', { level: 3 }) });
const publishing = (on: Page) => report(on).getByRole('link', { name: 'Publish the repaired model' });

/** Cells of the rows of classes, as they stand there. */
async function classRows(on: Page): Promise<readonly (readonly string[])[]> {
  const table = report(on).getByRole('table', { name: 'Accuracy of each class before and after the repair' });
  const rows = await table.getByRole('row').all();
  return Promise.all(
    rows.slice(1).map(async (row) => {
      const cells = await row.getByRole('cell').allInnerTexts();
      return cells.map((text) => text.replace(/\s+/g, ' ').trim());
    }),
  );
}

/** All that the page says of a repair. */
async function shownBy(on: Page) {
  await verdict(on).waitFor();
  return {
    verdict: await verdict(on).innerText(),
    intervals: await report(on)
      .getByText(/\[.*points\]/)
      .allInnerTexts(),
    classes: await classRows(on),
    isOffered: (await publishing(on).count()) === 1,
  };
}

/** What another person sees who gets the address, in a browser of their own. */
async function shownToAnother() {
  const other = await openPage(browser);
  await other.page.goto(page.url());
  // Until then rows of the page come one by one.
  await awake(other.page);
  const shown = await shownBy(other.page);
  expect(other.complaints).toEqual([]);
  await other.close();
  return shown;
}

describe.skipIf(!(await hasBrowser()))('the repair of a class [needs browser]', () => {
  it('begins with the classes of the weak model, the worst first, and with modules of models that know the class', async () => {
    const [worst] = await classesOf(weak);
    await page.goto(`${system.webUrl}/repair`);
    await awake(page);
    await choose(short(weak));
    const classes = page.getByRole('table', { name: 'Classes of the weak model, the worst first' });
    await expect.poll(() => classes.getByRole('row').count()).toBe(1 + classCount);
    await classes
      .getByRole('row')
      .nth(1)
      .getByRole('button', { name: `Choose class ${worst?.name}` })
      .click();
    const modules = page.getByRole('table', {
      name: `Modules for class ${worst?.name}, the most accurate first`,
    });
    await expect.poll(() => modules.getByRole('button').count()).toBe(2);
    for (const teacher of [strong, equal])
      await modules.getByRole('button', { name: `Choose the module of ${short(teacher)}` }).waitFor();
  });

  it('is accepted where the whole interval of the gain is above zero', async () => {
    const [worst] = await classesOf(weak);
    await repair(weak, worst?.name ?? '', strong);
    const shown = await shownBy(page);
    expect(shown.verdict).toContain(`Accepted: class ${worst?.name} is better.`);
    expect(shown.intervals[0]).toMatch(/ above zero$/);
    expect(shown.intervals[0]).not.toContain('−');
    expect(await shownToAnother()).toEqual(shown);
  });

  it('shows before and after of every class', async () => {
    const { before, after } = await repairShown();
    const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
    const rows = await classRows(page);
    expect(rows).toHaveLength(classCount);
    expect(rows.map(([name = '', from, to]) => [name.replace(/ repaired$/, ''), from, to])).toEqual(
      before.perClass.map(({ name, accuracy }, place) => [
        name,
        percent(accuracy),
        percent(after.perClass[place]?.accuracy ?? Number.NaN),
      ]),
    );
    expect(rows.filter(([name]) => name?.endsWith(' repaired')).map(([name]) => name)).toEqual([
      `${chosen('class')} repaired`,
    ]);
    const known = await classesOf(weak);
    expect(before.perClass.toSorted((a, b) => a.accuracy - b.accuracy).map(({ name }) => name)).toEqual(
      known.map(({ name }) => name),
    );
  });

  it('can be published where it was accepted', async () => {
    const run = chosen('run');
    await publishing(page).click();
    await page.waitForURL(/\/marketplace\/publish\?run=/);
    await awake(page);
    await page.getByLabel('Owner', { exact: true }).fill('ada');
    await page.getByLabel('Model', { exact: true }).fill('repaired');
    await page.getByLabel('Version', { exact: true }).fill('1.0.0');
    await page.getByLabel('License', { exact: true }).fill('MIT');
    await page.getByRole('button', { name: `Publish ${reference}` }).click();
    await page.getByRole('heading', { name: 'It is published' }).waitFor({ timeout: patienceMs });
    const { version } = await system.ask<{ version: { run: { id: string } } }>(
      '{ version(owner: "ada", model: "repaired") { run { id } } }',
    );
    expect(version.run.id).toBe(run);
  });

  it('is refused where the interval crosses zero: the model knew the class already', async () => {
    const best = (await classesOf(equal)).at(-1)?.name ?? '';
    await repair(equal, best, strong);
    const shown = await shownBy(page);
    expect(shown.verdict).toContain(`Refused: class ${best} is not shown to be better.`);
    expect(shown.verdict).toContain('The interval contains zero, so the change may be chance.');
    expect(shown.intervals[0]).toMatch(/\[−.*, \+.*\] includes zero$/);
    expect(shown.isOffered).toBe(false);
  });

  it('is the same for another person who opens the address', async () => {
    const mine = await shownBy(page);
    expect(mine.classes).toHaveLength(classCount);
    expect(await shownToAnother()).toEqual(mine);
    expect(opened.complaints).toEqual([]);
  });
});
