import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openBrowser } from '../browser/open-browser.js';
import { runModa } from '../run-moda.js';
import { awake } from '../web/awake.js';
import { chartNumbers } from '../web/chart-numbers.js';
import { type OpenPage, openPage } from '../web/pages.js';
import { shellWords } from '../web/shell-words.js';
import { WholeSystem } from '../whole-path/whole-system.js';

/** Long enough to be cancelled on its way, short enough to be waited for after that. */
const epochs = 100;
const settings = { Network: 'lenet5', Epochs: String(epochs), 'Batch size': '50', 'Train limit': '200' };
const patienceMs = 240_000;

let system: WholeSystem;
let browser: Browser;
let opened: OpenPage;
let page: Page;

beforeAll(async () => {
  if (!(await hasBrowser())) return;
  [system, browser] = await Promise.all([WholeSystem.start({ web: true }), openBrowser()]);
  opened = await openPage(browser);
  page = opened.page;
});
afterAll(async () => {
  await browser?.close();
  await system?.close();
});

interface StoredRun {
  readonly state: string;
  readonly spec: Readonly<Record<string, unknown>>;
}

async function storedRun(id: string): Promise<StoredRun> {
  const { run } = await system.ask<{ run: StoredRun }>('query ($id: ID!) { run(id: $id) { state spec } }', {
    id,
  });
  return run;
}

/** The id in the address of a run's page. */
function idInAddress(): string {
  return new URL(page.url()).pathname.split('/')[2] ?? '';
}

/** Waits until the state at the head of the page is this one. */
async function waitForState(state: string): Promise<void> {
  await page.getByRole('main').getByText(state, { exact: true }).first().waitFor({ timeout: patienceMs });
}

describe.skipIf(!(await hasBrowser()))('a run from the form to its end [needs browser]', () => {
  let first = '';
  let command = '';

  it('complains about a wrong value at its field, and offers no command and no submission', async () => {
    await page.goto(`${system.webUrl}/new`);
    await awake(page);
    await page.getByText('Further settings', { exact: true }).click();
    for (const [label, value] of Object.entries(settings))
      await page.getByLabel(label, { exact: true }).fill(value);
    const field = page.getByLabel('Epochs', { exact: true });
    await field.fill('0');
    const error = page.getByText(/^epochs has to be a whole number from 1 to 100000/i);
    await error.waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await field.getAttribute('aria-describedby')).toContain(await error.getAttribute('id'));
    expect(await page.getByRole('button', { name: 'Submit the run' }).isDisabled()).toBe(true);
    expect(await page.getByRole('region', { name: 'Submits the same' }).count()).toBe(0);
    await field.fill(settings.Epochs);
    await error.waitFor({ state: 'detached' });
  });

  it('is submitted by the form, and its page opens', async () => {
    command = (await page.getByRole('region', { name: 'Submits the same' }).textContent()) ?? '';
    await page.getByRole('button', { name: 'Submit the run' }).click();
    await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
    first = idInAddress();
    expect((await storedRun(first)).spec).toMatchObject({ arch: 'lenet5', epochs, trainLimit: 200 });
  });

  it('gets more points in its curves while it runs, without a reload', async () => {
    await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }));
    const early = await chartNumbers(page, 'Cross-entropy');
    await expect
      .poll(async () => (await chartNumbers(page, 'Cross-entropy')).length, { timeout: patienceMs })
      .toBeGreaterThan(early.length);
    expect(await page.evaluate(() => 'isSamePage' in globalThis)).toBe(true);
  });

  it('is cancelled after it was asked whether it should be, and leaves no worker', async () => {
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Cancel this run?' });
    await dialog.getByRole('button', { name: 'Keep it running' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect((await storedRun(first)).state).toBe('running');
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await dialog.getByRole('button', { name: 'Cancel the run' }).click();
    await waitForState('cancelled');
    expect((await storedRun(first)).state).toBe('cancelled');
    expect(system.workers()).toEqual([]);
  });

  it('is resumed and succeeds, with the whole curve', async () => {
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.waitForURL((url) => /\/runs\/[0-9a-f-]{36}$/.test(url.pathname) && !url.href.includes(first));
    await waitForState('succeeded');
    const second = idInAddress();
    expect((await storedRun(second)).state).toBe('succeeded');
    await page.getByText(/^Began with epoch [1-9]\d* of/).waitFor();
    const { series } = await system.ask<{ series: { points: { step: number }[] }[] }>(
      'query ($id: ID!) { series(runIds: [$id], names: ["crossEntropy"], points: 500) { points { step } } }',
      { id: second },
    );
    await expect
      .poll(async () => (await chartNumbers(page, 'Cross-entropy')).map((row) => row['step']))
      .toEqual(series[0]?.points.map(({ step }) => step));
  });

  it('shows what its worker wrote', async () => {
    await page
      .getByRole('navigation', { name: 'Parts of this run' })
      .getByRole('link', { name: 'Log' })
      .click();
    const log = page.getByRole('log', { name: 'Log' });
    await expect.poll(async () => (await log.textContent())?.trim().length ?? 0).toBeGreaterThan(20);
  });

  it('shows the command that submits the very same run', async () => {
    const [npx, moda, ...words] = shellWords(command);
    expect([npx, moda]).toEqual(['npx', 'moda']);
    const { exitCode, standardOutput, standardError } = await runModa([...words, '--json'], {
      MODA_GATEWAY: system.gatewayUrl,
    });
    expect(exitCode, standardError).toBe(0);
    const { run } = JSON.parse(standardOutput) as { run: { id: string } };
    expect((await storedRun(run.id)).spec).toEqual((await storedRun(first)).spec);
    await system.ask('mutation ($ids: [ID!]!) { cancelRuns(ids: $ids) { __typename } }', { ids: [run.id] });
  });

  it('is found again by a view of the table that is kept under a name, after a reload too, until it is forgotten', async () => {
    await page.goto(system.webUrl);
    await awake(page);
    const table = page.getByRole('table', { name: 'Runs' });
    const runLinks = () =>
      table
        .getByRole('link')
        .evaluateAll((links) => links.map((link) => new URL((link as HTMLAnchorElement).href).pathname));
    await expect.poll(async () => (await runLinks()).length).toBe(3);
    await page.getByText('State: any', { exact: true }).click();
    await page.getByRole('checkbox', { name: 'cancelled', exact: true }).check();
    await page.keyboard.press('Escape');
    await table.getByRole('columnheader', { name: 'Epochs' }).getByRole('button').click();
    // The run that was submitted from the command line may still be on its way out.
    await expect.poll(async () => (await runLinks()).length, { timeout: patienceMs }).toBe(2);
    const shown = async () => ({
      runs: await runLinks(),
      address: [...new URL(page.url()).searchParams].toSorted(),
      sorted: await table.getByRole('columnheader', { name: 'Epochs' }).getAttribute('aria-sort'),
    });
    await expect
      .poll(async () => (await shown()).address)
      .toEqual([
        ['sort', '-epochs'],
        ['state', 'cancelled'],
      ]);
    const kept = await shown();
    expect(kept.runs).toContain(`/runs/${first}`);

    const views = page.getByText('Views', { exact: true });
    await views.click();
    await page.getByText('This browser keeps no view yet.', { exact: true }).waitFor();
    await page.getByLabel('Keep this view as', { exact: true }).fill('Broken off');
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    const view = page.getByRole('button', { name: 'Broken off', exact: true });
    await view.waitFor();

    await page.goto(system.webUrl);
    await awake(page);
    await expect.poll(async () => (await runLinks()).length).toBe(3);
    await views.click();
    await view.click();
    await expect.poll(shown).toEqual(kept);

    await views.click();
    await page.getByRole('button', { name: 'Forget the view Broken off' }).click();
    await page.getByText('This browser keeps no view yet.', { exact: true }).waitFor();
    expect(await view.count()).toBe(0);
    expect(await shown()).toEqual(kept);
    await page.reload();
    await awake(page);
    await views.click();
    await page.getByText('This browser keeps no view yet.', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
  });

  it('makes the page complain of nothing', () => {
    expect(opened.complaints).toEqual([]);
  });
});
