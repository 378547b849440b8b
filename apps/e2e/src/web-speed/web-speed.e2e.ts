import { crowding, findPostgres, type PostgresServer, startPostgres } from '@moda/service-kit/testing';
import { serialisePackage } from '@moda/module-format';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, openBrowser } from '../browser/open-browser.js';
import { syntheticModel } from '../registry/synthetic-model.js';
import { publish } from '../registry/wire.js';
import { everyPage, type WhatToShow } from '../web/every-page.js';
import { frameTimeOfScrolling } from '../web/frame-time.js';
import { classesPerModel, modelCount, multiplyModels } from '../web/many-modules.js';
import { metricCount, multiplyRuns, pointCount, runCount } from '../web/many-runs.js';
import { openPage } from '../web/pages.js';
import { type ScriptWeight, weighScripts } from '../web/script-weight.js';
import { settled } from '../web/settled.js';
import { showSomething } from '../web/show-something.js';
import { WholeSystem } from '../whole-path/whole-system.js';

const tableMs = 1000;
const searchMs = 500;
const comparedMs = 1000;
/** 50 frames a second. */
const frameMs = 20;
const scrolledMs = 2000;
const comparedRuns = 20;
/** Of a window of 1440 x 900 pixels: the first row. */
const chartsInSight = 3;
/** Compressed JavaScript of the first load of a page, with that of its workers (bytes). */
const scriptBytes = 300_000;
/** Of so many tries the best one counts: others may meet what else the machine does. */
const tries = 3;

const isRequired = (name: string) => (process.env['MODA_REQUIRE'] ?? '').split(',').includes(name);
const isPresent = (await hasBrowser()) && (isRequired('postgres') || (await findPostgres()) !== undefined);
/** Opening this page is the use of TensorFlow.js. */
const tried = 'try a composition';
const names = everyPage({ runs: ['', ''], decomposed: '', reference: '' }).map(({ title }) => title);

let postgres: PostgresServer;
let system: WholeSystem;
let browser: Browser;
let shown: WhatToShow;

beforeAll(async () => {
  if (!isPresent) return;
  postgres = await startPostgres();
  [system, browser] = await Promise.all([
    WholeSystem.start({
      web: true,
      databaseUrl: postgres.url,
      environment: { MODA_ALLOW_UNSIGNED: 'true' },
    }),
    openBrowser(),
  ]);
  shown = await showSomething(system);
  await multiplyRuns(postgres.url, shown.runs[0]);
  const model = syntheticModel({ seed: 1, classes: classesPerModel });
  const name = { owner: 'many', model: 'synthetic', version: '1.0.0' };
  const published = await publish(system.gatewayUrl, name, model, serialisePackage(model.package));
  expect(published.kind, JSON.stringify(published)).toBe('released');
  const { version } = await system.ask<{ version: { id: string } }>(
    '{ version(owner: "many", model: "synthetic") { id } }',
  );
  await multiplyModels(postgres.url, version.id);
}, 600_000);
afterAll(async () => {
  await browser?.close();
  await system?.close();
  await postgres?.stop();
});

interface Measured {
  /** Wall-clock time. */
  readonly ms: number;
  /** What the time may be, on this machine at this moment. */
  readonly limitMs: number;
}

/** The best one of some tries, with its limit as the machine was at its side. */
async function bestOf(limitMs: number, measure: () => Promise<number>): Promise<Measured> {
  const all: Measured[] = [];
  for (let i = 0; i < tries; i += 1) {
    const before = crowding();
    const ms = await measure();
    all.push({ ms, limitMs: limitMs * Math.max(before, crowding()) });
  }
  all.sort((a, b) => a.ms / a.limitMs - b.ms / b.limitMs);
  return all[0]!;
}

function report(what: string, { ms, limitMs }: Measured): void {
  console.log(`${what}: ${Math.round(ms)} ms of ${Math.round(limitMs)} ms`);
  expect(ms, what).toBeLessThan(limitMs);
}

describe.skipIf(!isPresent)(
  `${runCount} runs of ${pointCount} points and ${modelCount * classesPerModel} modules [needs browser] [needs postgres]`,
  () => {
    let page: Page;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ page, close } = await openPage(browser, { width: 1440 }));
    });
    afterAll(() => close());

    const rows = () => page.getByRole('table', { name: 'Runs' }).getByRole('row');

    it('the table of runs answers within a second of navigation', async () => {
      await page.goto(system.webUrl);
      const measured = await bestOf(tableMs, async () => {
        await page.goto('about:blank');
        const begun = performance.now();
        await page.goto(system.webUrl, { waitUntil: 'commit' });
        await rows().nth(10).waitFor();
        return performance.now() - begun;
      });
      report('first rows', measured);
    });

    it('the table of runs holds 50 frames a second while it is scrolled', async () => {
      await page.goto(system.webUrl);
      await page.getByText(/^(\d+) of \1 runs$/).waitFor();
      await settled(page);
      const table = page.getByRole('region', { name: 'Runs', exact: true });
      const measured = await bestOf(frameMs, () => frameTimeOfScrolling(table, scrolledMs));
      expect(await table.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(1000);
      report('a frame of scrolling', measured);
    });

    it('a comparison of 20 runs draws all its charts within one second', async () => {
      const { runs } = await system.ask<{ runs: { edges: readonly { node: { id: string } }[] } }>(
        `{ runs(first: ${comparedRuns}, order: newest, criteria: { experiment: "sweep 1" }) { edges { node { id } } } }`,
      );
      const ids = runs.edges.map(({ node }) => node.id);
      expect(ids).toHaveLength(comparedRuns);
      /** Waits until so many charts have a curve of every run. */
      const drawn = (charts: number) =>
        page.waitForFunction(
          ({ runs, least }) =>
            document.querySelectorAll(`[role=img][aria-label*=", ${runs} lines"] svg`).length >= least,
          { runs: comparedRuns, least: charts },
          { polling: 'raf' },
        );
      let inSight = Infinity;
      const measured = await bestOf(comparedMs, async () => {
        await page.goto('about:blank');
        const begun = performance.now();
        await page.goto(`${system.webUrl}/compare?runs=${ids.join(',')}`, { waitUntil: 'commit' });
        await drawn(chartsInSight);
        inSight = Math.min(inSight, performance.now() - begun);
        await drawn(metricCount);
        return performance.now() - begun;
      });
      console.log(`the charts in sight: ${Math.round(inSight)} ms`);
      report(`all ${metricCount} charts of ${comparedRuns} runs`, measured);
    });

    it('a search among all modules answers within half a second of a key', async () => {
      await page.goto(`${system.webUrl}/marketplace`);
      const field = page.getByRole('searchbox', { name: 'Which class do you need?' });
      const results = page.getByRole('region', { name: 'Results' });
      await settled(page);
      const digits = ['7', '4', '2'];
      const measured = await bestOf(searchMs, async () => {
        const digit = digits.pop() ?? '';
        await field.fill('class');
        await settled(page);
        await field.press('End');
        await field.press('Space');
        const begun = performance.now();
        await field.press(digit);
        await expect
          .poll(() => results.getByRole('heading', { level: 3 }).first().textContent(), { interval: 10 })
          .toBe(`class ${digit}`);
        await expect
          .poll(() => results.getByRole('status').first().textContent(), { interval: 10 })
          .toMatch(/^1[,.]?0\d\d modules$/);
        return performance.now() - begun;
      });
      report('search', measured);
    });
  },
);

describe.skipIf(!isPresent)('the first load of a page [needs browser] [needs postgres]', () => {
  it.each(names.filter((title) => title !== tried))(
    'is under 300 kB of compressed JavaScript, workers included, and has nothing of TensorFlow.js: %s',
    async (title) => {
      const { bytes, tensorFlow } = await weightOf(title);
      expect(tensorFlow).toEqual([]);
      expect(bytes).toBeLessThan(scriptBytes);
    },
  );

  it('is under 300 kB where a composition is tried, without the worker that composes and has TensorFlow.js', async () => {
    const { bytesOfDocument, tensorFlow } = await weightOf(tried);
    expect(tensorFlow).not.toEqual([]);
    expect(bytesOfDocument).toBeLessThan(scriptBytes);
  });
});

async function weightOf(title: string): Promise<ScriptWeight> {
  const path = everyPage(shown).find((planned) => planned.title === title)?.path ?? '';
  const { page, close } = await openPage(browser);
  const weigh = weighScripts(page);
  await page.goto(`${system.webUrl}${path}`);
  await settled(page);
  const weight = await weigh();
  console.log(
    `${title}: ${Math.round(weight.bytes / 1000)} kB, ${Math.round(weight.bytesOfDocument / 1000)} kB of the document`,
  );
  await close();
  return weight;
}
