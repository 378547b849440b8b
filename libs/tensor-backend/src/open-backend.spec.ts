import { createRequire } from 'node:module';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openTensorBackend } from './index.js';

const loadedTensorFlowFiles = () =>
  Object.keys(createRequire(import.meta.url).cache).filter((path) => path.includes('@tensorflow'));

describe('opening a tensor backend', () => {
  afterEach(() => {
    vi.doUnmock('./native/open-native.js');
  });

  it('loads nothing of TensorFlow before it is asked to', async () => {
    expect(loadedTensorFlowFiles()).toEqual([]);
    await openTensorBackend({ implementation: 'portable', tfjsBackend: 'cpu' });
    expect(loadedTensorFlowFiles()).not.toEqual([]);
  });

  it('falls back to WASM where native TensorFlow does not load, and says why and what mends it', async () => {
    nativeFailsWith('libtensorflow.so.2: cannot open shared object file.\nRequire stack:\n- /somewhere');
    const { device } = await openTensorBackend({ environment: {} });
    expect(device).toMatchObject({ implementation: 'portable', tfjsBackend: 'wasm', kind: 'cpu' });
    expect(device.tensorflowVersion).toBeUndefined();
    expect(device.fallbackReason).toBe(
      'Native TensorFlow does not load (libtensorflow.so.2: cannot open shared object file), so training is many times ' +
        'slower; run `npm run setup`, or see `npx moda doctor`.',
    );
  });

  it('says in a few words that nothing is built yet', async () => {
    nativeFailsWith(
      'The Node.js native addon module (tfjs_binding.node) can not be found at path: /a/long/path.',
    );
    const { device } = await openTensorBackend({ environment: {} });
    expect(device.fallbackReason).toMatch(/^Native TensorFlow does not load \(its addon is not built\), so /);
  });

  it('fails with one sentence where native TensorFlow is demanded and does not load', async () => {
    nativeFailsWith('addon missing');
    await expect(openTensorBackend({ environment: { MODA_BACKEND: 'native' } })).rejects.toMatchObject({
      name: 'ModaError',
      code: 'NATIVE_UNAVAILABLE',
      message:
        'Native TensorFlow does not load (addon missing); run `npm run setup`, or see `npx moda doctor`.',
      details: { reason: 'addon missing' },
    });
  });

  it.each(['wasm', 'cpu'] as const)(
    'takes MODA_BACKEND=%s as the portable operators on it',
    async (demanded) => {
      const backend = await openTensorBackend({ environment: { MODA_BACKEND: demanded } });
      expect(backend.device).toMatchObject({ implementation: 'portable', tfjsBackend: demanded });
      expect(backend.device.fallbackReason).toBeUndefined();
      expect(backend.tf.getBackend()).toBe(demanded);
    },
  );

  it('lets an option win over the environment', async () => {
    const { device } = await openTensorBackend({
      implementation: 'portable',
      tfjsBackend: 'cpu',
      environment: { MODA_BACKEND: 'native' },
    });
    expect(device.tfjsBackend).toBe('cpu');
  });

  it('refuses an unknown MODA_BACKEND by name', async () => {
    await expect(openTensorBackend({ environment: { MODA_BACKEND: 'webgpu' } })).rejects.toMatchObject({
      code: 'USAGE',
      message: 'MODA_BACKEND is "webgpu", but only native, wasm, cpu or auto can be chosen.',
    });
  });

  it('keeps TensorFlow.js quiet', async () => {
    const warnings = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const { tf } = await openTensorBackend({ environment: { MODA_BACKEND: 'cpu' } });
    tf.tidy(() => tf.add(tf.scalar(1), tf.scalar(2)).dataSync());
    expect(warnings).not.toHaveBeenCalled();
    warnings.mockRestore();
  });
});

function nativeFailsWith(message: string): void {
  vi.doMock('./native/open-native.js', () => ({
    openNativeBackend: () => Promise.reject(new Error(message)),
  }));
}
