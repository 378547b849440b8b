import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crowding } from '@moda/service-kit/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openBrowser } from '../browser/open-browser.js';
import { runModa } from '../run-moda.js';
import { chartNumbers, exportedText, type NumberRow } from '../web/chart-numbers.js';
import { type OpenPage, openPage } from '../web/pages.js';
import { sectionOf } from '../web/section.js';
import { settled } from '../web/settled.js';
import { decompose, succeeded } from '../web/show-something.js';
import { WholeSystem } from '../whole-path/whole-system.js';

const spec = { arch: 'lenet5', trainLimit: 200, batchSize: 50, epochs: 2 };
const classCount = 10;
/** From the 0.9 of the paper, a tenth each. */
const moves = ['PageDown', 'PageDown', 'PageDown', 'PageDown', 'PageUp', 'PageUp', 'PageUp'];
const tau = 0.8;
/** What people take for at once. */
const atOnceMs = 200;

let system: WholeSystem;
let browser: Browser;
let opened: OpenPage;
let page: Page;
let folder: string;
let run = '';

beforeAll(async () => {
  if (!(await hasBrowser())) return;
  folder = await mkdtemp(join(tmpdir(), 'moda-web-modules-'));
  [system, browser] = await Promise.all([WholeSystem.start({ web: true }), openBrowser()]);
  const training = await system.submit(spec);
  await succeeded(system, training);
  run = await decompose(system, training);
  opened = await openPage(browser);
  page = opened.page;
});
afterAll(async () => {
  await browser?.close();
  await system?.close();
  if (folder !== undefined) await rm(folder, { recursive: true });
});

/** What the command line says of the same model at the same threshold. */
interface Analysis {
  readonly modules: readonly {
    readonly name: string;
    readonly parameters: number;
    readonly share: number;
    readonly flops: number;
    readonly flopsShare: number;
    readonly floorHits: number;
  }[];
  readonly overlap: readonly (readonly number[])[];
}

let known: Promise<Analysis> | undefined;
const analysisOnce = (): Promise<Analysis> => (known ??= analysis());

async function analysis(): Promise<Analysis> {
  const model = join(folder, 'model');
  const pulled = await runModa(['runs', 'pull', run, '--out', model], { MODA_GATEWAY: system.gatewayUrl });
  expect(pulled.exitCode, pulled.standardError).toBe(0);
  const analysed = await runModa(['analyze', '--model', model, '--tau', String(tau), '--json']);
  expect(analysed.exitCode, analysed.standardError).toBe(0);
  return JSON.parse(analysed.standardOutput) as Analysis;
}

describe.skipIf(!(await hasBrowser()))('the modules of a run [needs browser]', () => {
  const slider = () => page.getByRole('slider', { name: 'Threshold tau' });
  const table = () => page.getByRole('table', { name: `Modules at tau ${tau.toFixed(2)}` });

  it('follow the slider at once, from the rates that the page has, and the address says where it is', async () => {
    await page.goto(`${system.webUrl}/runs/${run}/modules`);
    await settled(page);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const size = page.getByText(/ of .*parameters$/);
    await slider().focus();
    const took: number[] = [];
    for (const key of moves) {
      const before = (await size.textContent()) ?? '';
      const begun = performance.now();
      await page.keyboard.press(key);
      await page.waitForFunction((text) => !document.body.innerText.includes(text), before);
      took.push(performance.now() - begun);
    }
    took.sort((a, b) => a - b);
    expect(took[Math.floor(took.length / 2)]).toBeLessThan(atOnceMs * crowding());
    await table().waitFor();
    expect(new URL(page.url()).searchParams.get('tau')).toBe(String(tau));
    // The browser looks at the icon of a page again with every address.
    expect(asked.filter((url) => !/_rsc=|\/icon\.svg/.test(url))).toEqual([]);
  });

  it('are of the sizes that moda analyze gives for the same model and threshold', async () => {
    const shown = JSON.parse(
      await exportedText(page, sectionOf(page, 'Modules').filter({ has: table() }), 'JSON'),
    ) as NumberRow[];
    const { modules } = await analysisOnce();
    expect(shown).toHaveLength(classCount);
    expect(
      shown.map((row) => ({
        name: row['class'],
        parameters: row['parameters'],
        share: row['share'],
        flops: row['flops'],
        flopsShare: row['flops_share'],
        floorHits: row['floor_hits'],
      })),
    ).toEqual(
      modules.map(({ name, parameters, share, flops, flopsShare, floorHits }) => ({
        ...{ name, parameters, flops, floorHits },
        share: expect.closeTo(share, 9) as number,
        flopsShare: expect.closeTo(flopsShare, 9) as number,
      })),
    );
  });

  it('are laid over each other in a map of class by class, with the numbers of moda analyze', async () => {
    const rows = await chartNumbers(page, 'Overlap of modules');
    const { overlap } = await analysisOnce();
    expect(rows).toHaveLength(classCount);
    const cells = rows.map((row) => overlap.map((_, column) => row[String(column)]));
    expect(cells).toEqual(overlap.map((row) => row.map((value) => expect.closeTo(value, 9) as number)));
    for (const [i, row] of overlap.entries()) expect(Math.max(...row)).toBe(row[i]);
  });

  it('are the same for another person who opens the address', async () => {
    const mine = await table().innerText();
    const other = await openPage(browser);
    await other.page.goto(page.url());
    const theirs = other.page.getByRole('table', { name: `Modules at tau ${tau.toFixed(2)}` });
    expect(await theirs.innerText()).toBe(mine);
    expect([...opened.complaints, ...other.complaints]).toEqual([]);
    await other.close();
  });
});
