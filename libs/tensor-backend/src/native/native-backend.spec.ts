import { describe, expect, it } from 'vitest';
import { describeTensorBackend } from '../testing/index.js';
import { openNativeBackend } from './open-native.js';

const required = (process.env['MODA_REQUIRE'] ?? '').split(',').includes('native');

describe.skipIf(!required && !(await loads()))('native TensorFlow [needs native]', () => {
  describeTensorBackend('operators', openNativeBackend);

  it('reports the device and the version of TensorFlow', async () => {
    const { device } = await openNativeBackend();
    expect(device.implementation).toBe('native');
    expect(device.tfjsBackend).toBe('tensorflow');
    expect(device.tensorflowVersion).toMatch(/^\d+\.\d+\.\d+/);
    expect(device.name).not.toBe('');
    expect(device.threads).toBeGreaterThan(0);
    expect(device.fallbackReason).toBeUndefined();
  });
});

async function loads(): Promise<boolean> {
  try {
    await openNativeBackend();
    return true;
  } catch {
    return false;
  }
}
