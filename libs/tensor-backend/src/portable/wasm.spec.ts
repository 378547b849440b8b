import { expect, it } from 'vitest';
import { describeTensorBackend } from '../testing/index.js';
import { openPortableBackend } from './open-portable.js';

describeTensorBackend('portable operators on WASM', () => openPortableBackend('wasm'));

it('reports WASM as the device, with no reason to complain', async () => {
  const { device } = await openPortableBackend('wasm');
  expect(device).toMatchObject({ implementation: 'portable', tfjsBackend: 'wasm', kind: 'cpu' });
  expect(device.fallbackReason).toBeUndefined();
});
