// Pictures of each main page for docs/images, from a system that runs and has done its first experiment:
//   npm start
//   node tools/screenshots/take.mjs [--url http://127.0.0.1:3000] [--out docs/images/web]
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:3000' },
    out: { type: 'string', default: join(import.meta.dirname, '..', '..', 'docs', 'images', 'web') },
    only: { type: 'string' },
  },
});

const themes = ['light', 'dark'];
const widths = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

async function ask(query) {
  const response = await fetch(`${values.url}/api/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = await response.json();
  if (errors !== undefined) throw new Error(errors.map(({ message }) => message).join('; '));
  return data;
}

/** The runs and the model of the first experiment, whatever their ids are this time. */
async function pages() {
  const { runs, searchModels } = await ask(
    `{ runs(first: 100, criteria: { states: [succeeded] }) { edges { node { id name task } } }
       searchModels(first: 1) { edges { node { reference } } } }`,
  );
  const idOf = (name) =>
    runs.edges.find(({ node }) => node.name === name && node.task.kind === 'train')?.node.id;
  const [modular, standard, weak] = ['modular', 'standard', 'weak'].map(idOf);
  const reference = searchModels.edges[0]?.node.reference;
  if (modular === undefined || reference === undefined)
    throw new Error('The first experiment is not there; run `npm start` and wait until it is done.');
  const model = reference.replace(/@.*$/, '');
  return {
    runs: '/',
    run: `/runs/${modular}`,
    modules: `/runs/${modular}/modules`,
    compare: `/compare?runs=${modular},${standard}`,
    'new-run': '/new',
    repair: `/repair?weak=${weak}&strong=${modular}&class=3`,
    paper: '/paper',
    marketplace: '/marketplace',
    module: `/marketplace/m/${model}/3`,
    cart: `/marketplace/cart?of=${reference}&classes=0,3,5&tau=0.9&kb=900`,
    try: `/marketplace/cart/try?of=${reference}&classes=0,3,5&tau=0.9`,
  };
}

const browser = await chromium.launch({
  executablePath: process.env.MODA_CHROMIUM ?? '/usr/bin/chromium',
  chromiumSandbox: process.getuid?.() !== 0,
});
try {
  await mkdir(values.out, { recursive: true });
  for (const [name, path] of Object.entries(await pages())) {
    if (values.only !== undefined && !values.only.split(',').includes(name)) continue;
    for (const theme of themes)
      for (const [size, viewport] of Object.entries(widths)) {
        const context = await browser.newContext({ colorScheme: theme, viewport, reducedMotion: 'reduce' });
        const page = await context.newPage();
        await page.goto(`${values.url}${path}`);
        // Live connections stay open, so the network never falls silent: the last skeleton is what is waited for.
        await page.waitForFunction(
          () => globalThis.document.querySelector('[class*="skeleton"]') === null,
          undefined,
          {
            timeout: 60_000,
          },
        );
        await page.waitForTimeout(500);
        await page.screenshot({ path: join(values.out, `${name}-${theme}-${size}.png`) });
        await context.close();
      }
    console.error(`took ${name}`);
  }
} finally {
  await browser.close();
}
