import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addressesOf,
  publishOverHttp,
  type RegistryProcess,
  startRegistry,
  temporaryHome,
} from '../publish/testing/registry-process.js';
import { sampleModel } from '../publish/testing/sample-model.js';

// What Node is told to do before anything else: no package of TensorFlow can be found, by import or by require.
const withoutTensorFlow = `
import Module, * as nodeModule from 'node:module';
const refused = /^@tensorflow\\/|^@moda\\/tensor-backend/;
const refuse = (specifier) => {
  if (!refused.test(specifier)) return;
  throw Object.assign(new Error('Cannot find package ' + specifier), { code: 'ERR_MODULE_NOT_FOUND' });
};
const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (specifier, ...rest) {
  refuse(specifier);
  return resolveFilename.call(this, specifier, ...rest);
};
if (nodeModule.registerHooks) {
  nodeModule.registerHooks({
    resolve(specifier, context, next) {
      refuse(specifier);
      return next(specifier, context);
    },
  });
} else {
  const hooks = 'const refused = ' + refused + '; const refuse = ' + refuse + ';' +
    'export async function resolve(specifier, context, next) { refuse(specifier); return next(specifier, context); }';
  nodeModule.register('data:text/javascript,' + encodeURIComponent(hooks));
}
globalThis.tensorFlowIsHidden = true;
`;

let remove = async () => {};
let registry: RegistryProcess;
beforeAll(async () => {
  const { home, ...rest } = await temporaryHome();
  remove = rest.remove;
  const hook = join(home, 'without-tensorflow.mjs');
  await writeFile(hook, withoutTensorFlow);
  registry = await startRegistry(home, ['--import', pathToFileURL(hook).href]);
});
afterAll(async () => {
  await registry.stop();
  await remove();
});

describe('a registry on a machine without TensorFlow', () => {
  it('starts, takes a model, prices it, and cuts and sends a composition of it', async () => {
    await publishOverHttp(registry, sampleModel(), { owner: 'ada', model: 'digits', version: '1.0.0' });
    const { price } = await registry.ask<{ price: { weightsBytes?: number } }>(
      '{ price(reference: "ada/digits/zero,two") { ... on Price { weightsBytes } } }',
    );
    const addresses = await addressesOf(registry, 'ada/digits/zero,two');
    const weights = await fetch(addresses.get('weights.safetensors')!);
    expect(weights.status).toBe(200);
    expect((await weights.arrayBuffer()).byteLength).toBe(price.weightsBytes);
  });

  it('has nothing of it in its memory', async () => {
    const maps = await readFile(`/proc/${registry.pid}/maps`, 'utf8').catch(() => undefined);
    // Other systems do not show what a process has loaded; there the refusal above has to do.
    if (maps === undefined) return;
    expect(maps).toContain('node');
    expect(maps).not.toMatch(/tensorflow|tfjs/i);
  });
});
