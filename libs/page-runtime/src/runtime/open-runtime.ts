import { memory } from '@tensorflow/tfjs-core';
import type { InputShape } from '../images/photo-input.js';
import { type BackendName, type BackendPreference, backendTitles } from './backend-names.js';
import { chooseBackend, type Trial } from './choose-backend.js';
import { deviceName } from './device-name.js';
import { type LoadedModel, loadModel } from './loaded-model.js';
import { type Latency, measureLatency } from './measure-latency.js';
import { openBackend } from './open-backend.js';
import type { LayersModelFiles } from './read-layers-model.js';
import { RuntimeUnavailable } from './runtime-unavailable.js';

export interface RuntimeOptions {
  /** `auto` tries WebAssembly and WebGL and takes the quicker; JavaScript where neither works. */
  readonly prefer?: BackendPreference;
  /** Where the files of WebAssembly lie, with a slash at its end: `/marketplace/wasm/`. */
  readonly wasmPath: string;
  /** Milliseconds from any moment on. */
  readonly clock?: () => number;
}

/** A model that runs in the page, on the back end that was chosen for it. One at a time: back ends belong to the whole thread. */
export interface Runtime {
  readonly backend: BackendName;
  /** On what it computes, in words. */
  readonly device: string;
  /** Why this back end, one sentence. */
  readonly why: string;
  /** Everything that was tried. */
  readonly trials: readonly Trial[];
  /** The first run in milliseconds: it compiles and uploads. */
  readonly warmUpMs: number;
  readonly input: InputShape;
  /** How many logits it gives for an image. */
  readonly classes: number;
  /**
   * Logits `[count, classes]` of normalised images `[count, height, width, channel]`.
   * @throws RangeError for another number of values
   */
  predict(images: Float32Array, count: number): Promise<Float32Array>;
  /** One image from its values to its logits: the median of some runs. */
  latency(runs?: number): Promise<Latency>;
  /** Frees the model's memory; nothing can be asked afterwards. */
  dispose(): void;
}

/** Enough for a median that is no accident; a page waits for it. */
const trialRuns = 7;
const trialLimitMs = 1_000;
const latencyRuns = 20;
const latencyLimitMs = 3_000;

/**
 * Loads a model from memory and chooses what computes it.
 *
 * @throws RuntimeUnavailable where no back end works, or not the one that was asked for; Error for files that are no LayersModel
 */
export async function openRuntime(files: LayersModelFiles, options: RuntimeOptions): Promise<Runtime> {
  const { prefer = 'auto', wasmPath, clock = () => performance.now() } = options;
  const backendOptions = { wasmPath, softwareWebgl: prefer === 'webgl' };

  async function tryBackend(backend: BackendName): Promise<Trial & { warmUpMs?: number }> {
    try {
      await openBackend(backend, backendOptions);
    } catch (error) {
      return { backend, failure: error instanceof Error ? error.message : 'it did not start' };
    }
    const model = await loadModel(files);
    try {
      const { medianMs, firstMs } = await measureLatency(model, {
        runs: trialRuns,
        limitMs: trialLimitMs,
        clock,
      });
      return { backend, medianMs, warmUpMs: firstMs };
    } catch {
      return { backend, failure: 'it could not compute this model' };
    } finally {
      model.dispose();
    }
  }

  const trials: (Trial & { warmUpMs?: number })[] = [];
  for (const backend of prefer === 'auto' ? (['wasm', 'webgl'] as const) : [prefer])
    trials.push(await tryBackend(backend));
  if (prefer === 'auto' && chooseBackend(trials) === undefined) trials.push(await tryBackend('cpu'));
  const choice = chooseBackend(trials);
  if (choice === undefined) throw unavailable(trials);

  await openBackend(choice.backend, backendOptions);
  const model: LoadedModel = await loadModel(files);
  const { firstMs } = await measureLatency(model, { runs: 1, limitMs: 0, clock });
  const warmUp = trials.find(({ backend }) => backend === choice.backend)?.warmUpMs ?? firstMs;
  return {
    backend: choice.backend,
    device: await deviceName(choice.backend),
    why: prefer === 'auto' ? choice.why : `${backendTitles[choice.backend]} was asked for.`,
    trials: trials.map(({ warmUpMs: _warmUpMs, ...trial }) => trial),
    warmUpMs: warmUp,
    input: model.input,
    classes: model.classes,
    predict: (images, count) => model.predict(images, count),
    async latency(runs = latencyRuns) {
      const { medianMs, runs: counted } = await measureLatency(model, {
        runs,
        limitMs: latencyLimitMs,
        clock,
      });
      return { medianMs, runs: counted };
    },
    dispose: () => model.dispose(),
  };
}

function unavailable(trials: readonly Trial[]): RuntimeUnavailable {
  const reasons = trials.map(
    (trial) => `${backendTitles[trial.backend]}: ${'failure' in trial ? trial.failure : 'unused'}`,
  );
  return new RuntimeUnavailable(
    `The model cannot run in this page (${reasons.join('; ')}); choose another back end or another browser.`,
  );
}

/** Tensors that live in this thread. */
export function tensorCount(): number {
  return memory().numTensors;
}
