import type { SampleImages } from '@moda/module-format';
import type { BackendName, BackendPreference, Latency, Trial } from '@moda/page-runtime';
import {
  type CompositionFacts,
  composeInPage,
  type ComposeProgress,
  type Composition,
} from '../compose-in-page';
import type { DownloadFormat } from '../download-format';
import { type ExportedFile, exportComposition } from '../export-composition';
import { createFileReader, type Fetch } from '../file-reader';
import type { PackageCache } from '../package-cache';
import type { ParentDownload } from '../parent-download';
import { readSamples } from '../read-samples';

/** Where one composition is made and run, away from the thread that draws the page. */
export interface Workbench {
  /** Cuts a composition, which takes the place of the one before it. */
  compose(
    input: { readonly parent: ParentDownload; readonly classes: readonly number[]; readonly tau: number },
    onProgress?: (progress: ComposeProgress) => void,
  ): Promise<CompositionFacts>;
  /** The sample images of its parent; undefined where there are none. */
  samples(input: { readonly parent: ParentDownload }): Promise<SampleImages | undefined>;
  /** Chooses what computes the composition, which takes the place of what did before. */
  start(input: { readonly prefer: BackendPreference }): Promise<RuntimeFacts>;
  /** Logits `[count, classes]` of normalised images `[count, height, width, channel]`. */
  predict(input: { readonly images: Float32Array; readonly count: number }): Promise<Prediction>;
  /** The median of some runs of one image. */
  latency(): Promise<Latency>;
  /** Addresses of everything that was loaded to work here. */
  loaded(): Promise<readonly string[]>;
  /** The composition as one file. */
  take(input: { readonly format: DownloadFormat }): Promise<ExportedFile>;
}

/** What computes a composition. */
export interface RuntimeFacts {
  readonly backend: BackendName;
  readonly device: string;
  readonly why: string;
  readonly trials: readonly Trial[];
  readonly warmUpMs: number;
}

export interface Prediction {
  readonly logits: Float32Array;
  readonly tookMs: number;
}

export interface WorkbenchOptions {
  readonly fetch: Fetch;
  readonly cache: PackageCache;
  /** Where the files of WebAssembly lie, with a slash at its end. */
  readonly wasmPath: string;
}

export function createWorkbench({ fetch, cache, wasmPath }: WorkbenchOptions): Workbench {
  let composition: Composition | undefined;
  let runtime: Awaited<ReturnType<typeof openRuntimeOf>> | undefined;

  async function openRuntimeOf(current: Composition, prefer: BackendPreference) {
    const [{ openRuntime }, { toLayersModel }] = await Promise.all([
      import('@moda/page-runtime'),
      import('@moda/nn/export'),
    ]);
    return openRuntime(toLayersModel(current.network), { prefer, wasmPath });
  }

  function composed(): Composition {
    if (composition === undefined) throw new Error('Nothing is composed yet.');
    return composition;
  }

  function running() {
    if (runtime === undefined) throw new Error('Nothing runs yet.');
    return runtime;
  }

  function stop(): void {
    runtime?.dispose();
    runtime = undefined;
  }

  return {
    async compose({ parent, classes, tau }, onProgress) {
      stop();
      composition = undefined;
      composition = await composeInPage(
        parent,
        { classes, tau },
        { fetch, cache, ...(onProgress !== undefined && { onProgress }) },
      );
      return composition.facts;
    },
    async samples({ parent }) {
      return readSamples(composed().parent, createFileReader(parent.files, { fetch, cache }));
    },
    async start({ prefer }) {
      stop();
      runtime = await openRuntimeOf(composed(), prefer);
      const { backend, device, why, trials, warmUpMs } = runtime;
      return { backend, device, why, trials, warmUpMs };
    },
    async predict({ images, count }) {
      const start = performance.now();
      const logits = await running().predict(images, count);
      return { logits, tookMs: performance.now() - start };
    },
    latency: async () => running().latency(),
    loaded: async () => performance.getEntriesByType('resource').map(({ name }) => name),
    take: async ({ format }) => exportComposition(composed(), format),
  };
}
