import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openBrowser } from '../browser/open-browser.js';
import { sha256Of } from '../registry/wire.js';
import { runModa } from '../run-moda.js';
import { awake } from '../web/awake.js';
import { type OpenPage, openPage } from '../web/pages.js';
import { all, WholeSystem } from '../whole-path/whole-system.js';

/** The smallest network that reads digits well after a minute of two processors. */
const spec = { arch: 'lenet5', method: 'moda', gamma: 1, epochs: 6, batchSize: 32 };
const reference = 'ada/digits@1.0.0';
/** Classes that one stroke each tells apart. */
const classes = [0, 1, 7];
/** Nine classes more need a while on two processors that others use, too. */
const patienceMs = 120_000;

/** Of all services, so that the suite can ask which key signs in it. */
let home = '';
let system: WholeSystem;
let browser: Browser;
let opened: OpenPage;
let page: Page;
let run = '';

beforeAll(async () => {
  if (!(await hasBrowser())) return;
  home = await mkdtemp(join(tmpdir(), 'moda-marketplace-'));
  const environment = { MODA_HOME: home };
  [system, browser] = await Promise.all([WholeSystem.start({ web: true, environment }), openBrowser()]);
  run = await system.submit(spec);
  await all(system.follow(run));
  opened = await openPage(browser);
  page = opened.page;
});
afterAll(async () => {
  await browser?.close();
  await system?.close();
  if (home !== '') await rm(home, { recursive: true, force: true, maxRetries: 5 });
});

const marketplace = (path = '') => `${system.webUrl}/marketplace${path}`;

/** A circle or another closed line is drawn through these points of the sheet, 0..1 from its upper left corner. */
async function draw(points: readonly (readonly [number, number])[]): Promise<void> {
  await page.getByRole('button', { name: 'Clear the sheet' }).click();
  const drawable = page.getByRole('img', { name: /^Sheet to draw on/ });
  // The head of the page lies over what is at the upper edge.
  await drawable.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  const sheet = await drawable.boundingBox();
  if (sheet === null) throw new Error('The sheet is not to be seen.');
  const at = ([x, y]: readonly [number, number]) =>
    [sheet.x + x * sheet.width, sheet.y + y * sheet.height] as const;
  await page.mouse.move(...at(points[0]!));
  await page.mouse.down();
  for (const point of points) await page.mouse.move(...at(point));
  await page.mouse.up();
}

const zero = Array.from({ length: 25 }, (_, step) => {
  const angle = (step / 24) * 2 * Math.PI;
  return [0.5 + 0.2 * Math.sin(angle), 0.5 - 0.35 * Math.cos(angle)] as const;
});
const one = Array.from({ length: 12 }, (_, step) => [0.5, 0.12 + (0.76 * step) / 11] as const);
const seven = [
  ...Array.from({ length: 8 }, (_, step) => [0.25 + (0.5 * step) / 7, 0.15] as const),
  ...Array.from({ length: 12 }, (_, step) => [0.75 - (0.35 * step) / 11, 0.15 + (0.73 * step) / 11] as const),
];

/** The paragraph of the page that proves one thing: "Files" or "Logits". */
function proof(title: string): Locator {
  return page.getByRole('status').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
}

interface Composed {
  readonly digest: string;
  readonly files: readonly { readonly path: string; readonly digest: string }[];
}

async function composedByTheRegistry(): Promise<Composed> {
  const { compose } = await system.ask<{ compose: Composed }>(
    `mutation ($reference: String!, $classes: [Int!]!) { compose(reference: $reference, classes: $classes) {
      ... on Composition { digest files { path digest } } ... on Problem { code message } } }`,
    { reference, classes },
  );
  return compose;
}

describe.skipIf(!(await hasBrowser()))('modules from a run to the page of a user [needs browser]', () => {
  it('are published from the page of their run', async () => {
    await page.goto(`${system.webUrl}/runs/${run}`);
    await page.getByRole('link', { name: 'Publish', exact: true }).click();
    await page.waitForURL(/\/marketplace\/publish\?run=/);
    await awake(page);
    await page.getByLabel('Owner', { exact: true }).fill('Ada Lovelace');
    await page.getByLabel('Version', { exact: true }).fill('1.0.0');
    await page.getByLabel('License', { exact: true }).fill('MIT');
    const publish = page.getByRole('button', { name: /^Publish / });
    await expect.poll(() => publish.isDisabled()).toBe(true);
    await page.getByLabel('Owner', { exact: true }).fill('ada');
    await page.getByRole('button', { name: `Publish ${reference}` }).click();
    await page.getByRole('heading', { name: 'It is published' }).waitFor({ timeout: patienceMs });
    const { version } = await system.ask<{ version: { run: { id: string }; metrics: { accuracy: number } } }>(
      '{ version(owner: "ada", model: "digits") { run { id } } }',
    );
    expect(version.run.id).toBe(run);
  });

  it('are found by their class, and one that nobody has published is not', async () => {
    await page.goto(marketplace());
    await awake(page);
    const field = page.getByRole('searchbox', { name: 'Which class do you need?' });
    const results = page.getByRole('region', { name: 'Results' });
    await field.fill('zebra');
    await results.getByText('0 modules', { exact: true }).waitFor();
    await field.fill('7');
    await results.getByText('1 module', { exact: true }).waitFor();
    await results.getByRole('heading', { name: '7', exact: true }).waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe('7');
  });

  it('go into the cart', async () => {
    await page.getByRole('searchbox', { name: 'Which class do you need?' }).fill('');
    for (const index of classes)
      await page.getByRole('button', { name: `Add to cart: ${index} of ${reference}` }).click();
    await page.getByRole('link', { name: /^Cart/ }).click();
    await page.waitForURL(/\/marketplace\/cart/);
    const chosen = page.getByRole('list', { name: 'Classes in the cart' });
    await expect.poll(() => chosen.getByRole('listitem').count()).toBe(classes.length);
  });

  it('are in the cart of a page before any script of it runs', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    await context.addCookies(await page.context().cookies());
    const drawn = await context.newPage();
    await drawn.goto(marketplace());
    await drawn.getByText(`${classes.length} classes in the cart`, { exact: true }).waitFor();
    expect(await drawn.getByRole('checkbox', { name: 'Goes with my cart' }).isChecked()).toBe(true);
    await drawn.goto(marketplace('/cart'));
    const chosen = drawn.getByRole('list', { name: 'Classes in the cart' }).getByRole('link');
    expect(await chosen.allTextContents()).toEqual(classes.map(String));
    await context.close();
  });

  it('have a price together, and a sentence for each further class', async () => {
    const table = page.getByRole('table', { name: /^What one more class/ });
    const button = table.getByRole('button', { name: 'Add 3', exact: true });
    await button.waitFor();
    const { price } = await system.ask<{
      price: {
        weightsBytes: number;
        marginal: { class: number; nearest: { class: number; shared: number } | null }[];
      };
    }>(
      `query ($reference: String!, $classes: [Int!]) { price(reference: $reference, classes: $classes, candidates: [3]) {
        ... on Price { weightsBytes marginal { class nearest { class shared } } } ... on Problem { code message } } }`,
      { reference, classes },
    );
    const nearest = price.marginal.find((one) => one.class === 3)?.nearest;
    const sentence = ((await button.getAttribute('title')) ?? '').replace(/\s/g, ' ');
    expect(sentence).toMatch(/^adding 3: \+[\d.]+ k?B, \+[\d.]+ k? ?FLOPs, \d+ % shared with \d$/);
    expect(sentence).toContain(
      `${Math.round(100 * (nearest?.shared ?? NaN))} % shared with ${nearest?.class}`,
    );
  });

  it('are weighed against a budget, and the best model and threshold within it go into the cart', async () => {
    const { version, price } = await system.ask<{
      version: { tau: number; modules: { classIndex: number; accuracy: number }[] };
      price: { weightsBytes: number };
    }>(
      `query ($reference: String!, $classes: [Int!]) {
        version(owner: "ada", model: "digits", selector: "1.0.0") { tau modules { classIndex accuracy } }
        price(reference: $reference, classes: $classes, candidates: []) { ... on Price { weightsBytes } } }`,
      { reference, classes },
    );
    const known = version.modules.filter(({ classIndex }) => classes.includes(classIndex));
    const mean = known.reduce((sum, { accuracy }) => sum + accuracy, 0) / known.length;
    const kb = String(price.weightsBytes / 1000);
    const other = await openPage(browser);
    await other.page.goto(
      marketplace(`/cart?of=${reference}&classes=${classes.join(',')}&tau=1&mflops=1000000&kb=${kb}`),
    );
    const place = `${reference} at τ ${version.tau}`;
    const found = other.page.getByRole('status').filter({ hasText: 'The best:' });
    await expect.poll(() => found.textContent()).toContain(`${place}, ${(100 * mean).toFixed(2)}`);
    await other.page.getByRole('link', { name: `Take this: ${place}`, exact: true }).click();
    await other.page.getByRole('link', { name: `In the cart: ${place}`, exact: true }).waitFor();
    const address = new URL(other.page.url()).searchParams;
    expect([address.get('of'), address.get('tau'), address.get('kb')]).toEqual([reference, null, kb]);
    await other.page.getByLabel('Size of the weights, at most', { exact: true }).fill('0.001');
    await other.page.getByText(/^Nothing fits\. The nearest is /).waitFor();
    expect(other.complaints).toEqual([]);
    await other.close();
  });

  it('are shared by the address: another browser sees the same cart', async () => {
    const other = await openPage(browser);
    await other.page.goto(page.url());
    const chosen = other.page.getByRole('list', { name: 'Classes in the cart' }).getByRole('link');
    await expect.poll(() => chosen.allTextContents()).toEqual(classes.map(String));
    await other.page.getByText('This cart was shared with you', { exact: false }).waitFor();
    await other.close();
  });

  it('are composed in the page to the very package that the registry composes', async () => {
    await page.getByRole('link', { name: 'Compose and try in this page' }).click();
    await expect.poll(() => proof('Files').textContent(), { timeout: patienceMs }).toContain('Equal digest');
    const { digest } = await composedByTheRegistry();
    expect(await proof('Files').textContent()).toContain(digest.replace('sha256:', '').slice(0, 8));
  });

  it('compute the logits of the server within 1e-4', async () => {
    await expect
      .poll(() => proof('Logits').textContent(), { timeout: patienceMs })
      .toContain('Within 0.0001');
    const told = /max \|Δlogit\| = (\S+) over (\d+) sample images/.exec(
      (await proof('Logits').textContent()) ?? '',
    );
    expect(Number(told?.[1])).toBeLessThan(1e-4);
    expect(Number(told?.[2])).toBeGreaterThanOrEqual(10);
  });

  it('are of a model whose signature the page checks against the keys of its reader', async () => {
    const signature = proof('Signature of the parent');
    await signature.getByText('Unknown key', { exact: true }).waitFor();
    const { standardOutput } = await runModa(['keys', 'show', '--json'], { MODA_HOME: home });
    const { trusted } = JSON.parse(standardOutput) as { trusted: { keyId: string; publicKey: string }[] };
    const tab = await page.context().newPage();
    await tab.goto(marketplace('/m/ada/digits#signature'));
    await awake(tab);
    const panel = tab.locator('#signature');
    await panel.getByText(`Signed by the key ${trusted[0]?.keyId}`, { exact: false }).waitFor();
    await panel.getByText(/^Keys that you trust/).click();
    await panel.getByLabel('Public key', { exact: true }).fill('ed25519:nobody');
    await panel.getByRole('button', { name: 'Trust this key' }).click();
    await panel.getByText('This is no public key', { exact: false }).waitFor();
    await panel.getByLabel('Public key', { exact: true }).fill(trusted[0]?.publicKey ?? '');
    await panel.getByLabel('Whose it is', { exact: true }).fill('Ada');
    await panel.getByRole('button', { name: 'Trust this key' }).click();
    await panel.getByText('Verified', { exact: true }).waitFor();
    await tab.close();
    // The page that was open hears of it.
    await signature.getByText('Verified', { exact: true }).waitFor();
    await signature.getByText('Signed by Ada', { exact: false }).waitFor();
  });

  it('come from a model that is right nine times out of ten', async () => {
    const { run: stored } = await system.ask<{ run: { outcome: { accuracy: number } } }>(
      'query ($id: ID!) { run(id: $id) { outcome { accuracy } } }',
      { id: run },
    );
    expect(stored.outcome.accuracy).toBeGreaterThan(0.9);
  });

  it.each([
    ['0', zero],
    ['1', one],
    ['7', seven],
  ])('recognise a %s that is drawn with the mouse', async (digit, points) => {
    await draw(points);
    const answer = page.getByRole('status').filter({ hasText: /% sure, in/ });
    await expect.poll(async () => (await answer.textContent()) ?? '').toMatch(new RegExp(`^${digit}\\d`));
    await page.getByText('Your drawing', { exact: true }).waitFor();
  });

  it('are taken home as files; the weights are the registry’s byte for byte', async () => {
    const take = async (format: string) => {
      const [download] = await Promise.all([
        page.waitForEvent('download', { timeout: patienceMs }),
        page.getByRole('button', { name: format, exact: true }).click(),
      ]);
      return readFile(await download.path());
    };
    const weights = await take('safetensors');
    const { files } = await composedByTheRegistry();
    expect(sha256Of(weights)).toBe(files.find(({ path }) => path === 'weights.safetensors')?.digest);
    for (const format of ['Model folder (.zip)', 'TensorFlow.js (.zip)'])
      expect((await take(format)).subarray(0, 4).toString('latin1')).toBe('PK\x03\x04');
    expect((await take('ONNX')).length).toBeGreaterThan(weights.length / 2);
  });

  it('are told of in the cart when a newer version is out, and the cart moves to it', async () => {
    const newer = 'ada/digits@1.1.0';
    const { publishRun } = await system.ask<{ publishRun: { reference: string } }>(
      `mutation ($id: ID!) { publishRun(input: { id: $id, owner: "ada", model: "digits", version: "1.1.0", license: "MIT" }) {
        ... on Publication { reference } ... on Problem { code message } } }`,
      { id: run },
    );
    expect(publishRun.reference).toBe(newer);
    const other = await openPage(browser);
    await other.page.goto(marketplace(`/cart?of=${reference}&classes=${classes.join(',')}`));
    const note = other.page.getByRole('note').filter({ hasText: '1.1.0 is out.' });
    await note.waitFor();
    await awake(other.page);
    await note.getByRole('link', { name: `Move the cart to ${newer}` }).click();
    await expect.poll(() => new URL(other.page.url()).searchParams.get('of')).toBe(newer);
    const chosen = other.page.getByRole('list', { name: 'Classes in the cart' }).getByRole('link');
    await expect.poll(() => chosen.allTextContents()).toEqual(classes.map(String));
    await expect.poll(() => note.count()).toBe(0);
    expect(other.complaints).toEqual([]);
    await other.close();
  });

  it('make no page complain of anything', () => {
    expect(opened.complaints).toEqual([]);
  });

  it('are there and run when the page is loaded again and nothing answers any more', async () => {
    await page.getByText('This page is kept in this browser, with', { exact: false }).waitFor();
    // This page began at an address outside of the scope: what counts is the next one that is loaded.
    await page.waitForFunction(
      async () =>
        (await navigator.serviceWorker.getRegistration('/marketplace/'))?.active?.state === 'activated',
    );
    await system.kill('experiments-web', 'marketplace-web', 'gateway', 'registry', 'training');
    await page.reload();
    await page.getByText('kept in this browser from before', { exact: true }).waitFor();
    await draw(zero);
    const answer = page.getByRole('status').filter({ hasText: /% sure, in/ });
    await expect
      .poll(async () => (await answer.textContent()) ?? '', { timeout: patienceMs })
      .toMatch(/^0\d/);
    await proof('Signature of the parent').getByText('Verified', { exact: true }).waitFor();
    expect(await proof('Files').textContent()).toContain('Not compared');
  });
});
