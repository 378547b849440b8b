import { afterEach, describe, expect, it } from 'vitest';
import { smallModel } from '../testing/small-model.js';
import { openRuntime, type Runtime, tensorCount } from './open-runtime.js';

const wasmPath = '/wasm/';
let opened: Runtime | undefined;
afterEach(() => {
  opened?.dispose();
  opened = undefined;
  expect(tensorCount(), 'tensors that stay').toBe(0);
});

describe('a model in memory', () => {
  it('gives its logits, however its weights are cut into files', async () => {
    opened = await openRuntime(smallModel(), { prefer: 'cpu', wasmPath });
    const logits = await opened.predict(Float32Array.from([1, 2, 3, 4, 0.5, 0, 0, 0]), 2);
    expect([...logits]).toEqual([10, 1, 1, 0.5, 0.5, 1]);
    expect(opened).toMatchObject({
      backend: 'cpu',
      input: { height: 2, width: 2, channels: 1 },
      classes: 3,
      why: 'JavaScript was asked for.',
    });
    expect(opened.warmUpMs).toBeGreaterThan(0);
  });

  it('takes more images than go through at once, and none', async () => {
    opened = await openRuntime(smallModel(), { prefer: 'cpu', wasmPath });
    const images = Float32Array.from({ length: 4 * 75 }, (_, i) => i % 7);
    const logits = await opened.predict(images, 75);
    const firstOfEach = Array.from({ length: 75 }, (_, image) => logits[3 * image + 1]);
    expect(firstOfEach).toEqual(Array.from({ length: 75 }, (_, image) => images[4 * image]));
    expect(await opened.predict(new Float32Array(0), 0)).toHaveLength(0);
  });

  it('refuses images of another size', async () => {
    opened = await openRuntime(smallModel(), { prefer: 'cpu', wasmPath });
    await expect(opened.predict(new Float32Array(5), 1)).rejects.toThrow(
      '1 images of this model have 4 values, not 5.',
    );
  });

  it('tells its latency by its own clock', async () => {
    let now = 0;
    opened = await openRuntime(smallModel(), { prefer: 'cpu', wasmPath, clock: () => (now += 2) });
    expect(await opened.latency(5)).toEqual({ medianMs: 2, runs: 5 });
  });

  it('is refused where a file is missing, and nothing stays', async () => {
    const files = smallModel();
    files.delete('b.bin');
    await expect(openRuntime(files, { prefer: 'cpu', wasmPath })).rejects.toThrow(
      'The model has no file "b.bin".',
    );
  });
});

describe('a back end that is not there', () => {
  it('is told with its reason where it was asked for', async () => {
    await expect(openRuntime(smallModel(), { prefer: 'webgl', wasmPath })).rejects.toMatchObject({
      code: 'RUNTIME_UNAVAILABLE',
      message: expect.stringMatching(
        /^The model cannot run in this page \(WebGL: .+\); choose another back end or another browser\.$/,
      ) as string,
    });
  });

  it('is passed over where any will do', async () => {
    opened = await openRuntime(smallModel(), { wasmPath: '/nothing/lies/here/' });
    expect(opened.backend).toBe('cpu');
    expect(opened.trials.map(({ backend }) => backend)).toEqual(['wasm', 'webgl', 'cpu']);
    expect(opened.why).toMatch(/^JavaScript takes .+ an image; WebAssembly does not work: .+; WebGL/);
  });
});
