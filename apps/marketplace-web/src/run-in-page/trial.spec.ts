import type { SampleImages } from '@moda/module-format';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CompositionFacts } from '../compose/compose-in-page';
import type { OpenWorkbench } from '../compose/workbench/open-workbench';
import { RemoteError } from '../compose/workbench/remote-calls';
import { createTrial, type TrialSources } from './trial';

const facts = {
  classes: [
    { index: 0, name: 'a' },
    { index: 2, name: 'c' },
  ],
  normalisation: { mean: [0], std: [1] },
  derivationDigest: 'sha256:0',
} as unknown as CompositionFacts;
const samples = { count: 1, images: Uint8Array.of(255), labels: Int32Array.of(2) } as unknown as SampleImages;
const choice = { of: 'ada/digits@1.0.0', classes: [0, 2], tau: 0.9 };

/** A workbench that answers at once; single methods are replaced by what a spec is about. */
function workbenchWith(methods: Partial<OpenWorkbench> = {}): OpenWorkbench {
  return {
    compose: async (_input, onProgress) => {
      onProgress?.({ stage: 'cutting', share: 1 });
      return facts;
    },
    samples: async () => samples,
    start: async ({ prefer }) => ({
      backend: prefer === 'webgl' ? 'webgl' : 'wasm',
      device: 'a device',
      why: 'because.',
      trials: [],
      warmUpMs: 1,
    }),
    predict: async ({ images }) => ({ logits: images.slice(0, 1), tookMs: 2 }),
    latency: async () => ({ medianMs: 3, runs: 4 }),
    loaded: async () => [],
    take: async () => ({ name: 'a', contentType: 'b', bytes: new Uint8Array() }),
    close: vi.fn(),
    ...methods,
  };
}

let bench: OpenWorkbench;
const sources: TrialSources = {
  openWorkbench: () => bench,
  parent: async () => ({
    reference: choice.of,
    digest: '',
    packageText: '',
    signature: undefined,
    manifestText: '',
    files: [],
  }),
  registryDigest: async () => ({ kind: 'known', digest: 'sha256:1' }),
  serverLogits: async () => ({ logits: Float32Array.of(1), device: 'a server' }),
};
beforeEach(() => {
  bench = workbenchWith();
});

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('a trial', () => {
  it('composes, compares, starts and measures by itself', async () => {
    const trial = createTrial(choice, sources);
    trial.begin();
    await settled();
    expect(trial.state()).toMatchObject({
      progress: { stage: 'cutting', share: 1 },
      composition: { kind: 'there', value: facts },
      registry: { kind: 'there', value: { digest: 'sha256:1' } },
      samples: { kind: 'there', value: samples },
      runtime: { kind: 'there', value: { backend: 'wasm' } },
      latency: { kind: 'there', value: { medianMs: 3 } },
      sampleLogits: { kind: 'there', value: Float32Array.of(1) },
      server: { kind: 'there', value: { device: 'a server' } },
    });
  });

  it('keeps standing what works where a part fails', async () => {
    bench = workbenchWith({
      samples: () => Promise.reject(new RemoteError('SAMPLES_INVALID', 'They do not fit.')),
    });
    const trial = createTrial(choice, {
      ...sources,
      registryDigest: () => Promise.reject(new RemoteError('GATEWAY_UNREACHABLE', 'Nobody answers.')),
    });
    trial.begin();
    await settled();
    const state = trial.state();
    expect(state.composition.kind).toBe('there');
    expect(state.runtime.kind).toBe('there');
    expect(state.registry).toEqual({
      kind: 'failed',
      failure: { code: 'GATEWAY_UNREACHABLE', message: 'Nobody answers.', traceId: undefined },
    });
    expect(state.samples).toMatchObject({ failure: { code: 'SAMPLES_INVALID' } });
  });

  it('shows why nothing could be composed, and may begin anew', async () => {
    bench = workbenchWith({
      compose: () => Promise.reject(new RemoteError('DOWNLOAD_FAILED', 'It does not come.')),
    });
    const trial = createTrial(choice, sources);
    trial.begin();
    await settled();
    expect(trial.state().composition).toMatchObject({ kind: 'failed', failure: { code: 'DOWNLOAD_FAILED' } });
    bench = workbenchWith();
    trial.begin();
    await settled();
    expect(trial.state().composition.kind).toBe('there');
  });

  it('normalises the image, and answers it', async () => {
    const trial = createTrial(choice, sources);
    trial.begin();
    await settled();
    trial.show({ title: 'A sample', values: [51], label: 2 });
    await settled();
    expect(trial.state().answer).toMatchObject({
      kind: 'there',
      value: { image: { title: 'A sample' }, tookMs: 2 },
    });
    const { answer } = trial.state();
    expect(answer?.kind === 'there' ? answer.value.logits[0] : NaN).toBeCloseTo(0.2, 6);
    trial.clear();
    expect(trial.state().answer).toBeUndefined();
  });

  it('passes over images while one is computed, but never over the last', async () => {
    const seen: number[] = [];
    bench = workbenchWith({
      samples: async () => undefined,
      predict: async ({ images }) => {
        seen.push(Math.round(images[0]! * 255));
        await new Promise((resolve) => setTimeout(resolve, 5));
        return { logits: images, tookMs: 1 };
      },
    });
    const trial = createTrial(choice, sources);
    trial.begin();
    await settled();
    for (const value of [1, 2, 3, 4]) trial.show({ title: 'A drawing', values: [value], label: undefined });
    await settled();
    expect(seen).toEqual([1, 4]);
  });

  it('computes the image and the samples anew on another back end', async () => {
    const predict = vi.spyOn(bench, 'predict');
    const trial = createTrial(choice, sources);
    trial.begin();
    await settled();
    trial.show({ title: 'A drawing', values: [51], label: undefined });
    await settled();
    expect(predict).toHaveBeenCalledTimes(2);
    trial.choose('webgl');
    await settled();
    expect(predict).toHaveBeenCalledTimes(4);
    expect(trial.state()).toMatchObject({ prefer: 'webgl', runtime: { value: { backend: 'webgl' } } });
  });

  it('ends its worker, and hears nothing of it any more', async () => {
    let compose: (facts: CompositionFacts) => void = () => undefined;
    bench = workbenchWith({ compose: () => new Promise((resolve) => (compose = resolve)) });
    const trial = createTrial(choice, sources);
    trial.begin();
    await settled();
    trial.end();
    expect(bench.close).toHaveBeenCalledOnce();
    compose(facts);
    await settled();
    expect(trial.state().composition).toEqual({ kind: 'waiting' });
  });
});
