import { enableProdMode, env, getBackend, ready, setBackend } from '@tensorflow/tfjs-core';
import type { BackendName } from './backend-names.js';

export interface BackendOptions {
  /** Where the files of WebAssembly lie, with a slash at its end: `/marketplace/wasm/`. */
  readonly wasmPath: string;
  /** Also where WebGL is only computed by the processor: slow, but it can be looked at. */
  readonly softwareWebgl: boolean;
}

/**
 * Loads the code of one back end and makes it the current one.
 *
 * @throws Error with the reason where it does not work here
 */
export async function openBackend(backend: BackendName, options: BackendOptions): Promise<void> {
  enableProdMode();
  await loaders[backend](options);
  const isSet = await setBackend(backend).catch(() => false);
  if (!isSet || getBackend() !== backend) throw new Error(absence[backend]);
  await ready();
}

const absence: Readonly<Record<BackendName, string>> = {
  wasm: 'WebAssembly did not start',
  webgl: 'no graphics unit is open to this page',
  cpu: 'JavaScript did not start',
};

const loaders: Readonly<Record<BackendName, (options: BackendOptions) => Promise<void>>> = {
  async wasm({ wasmPath }) {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
    // Threads need a page that is isolated from all others, and small networks gain nothing by them.
    env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    if (getBackend() !== 'wasm' && !opened.has('wasm')) setWasmPaths(wasmPath);
    opened.add('wasm');
  },
  async webgl({ softwareWebgl }) {
    await import('@tensorflow/tfjs-backend-webgl');
    // What is found out about the graphics unit is kept; it is found out anew, for the answer depends on this flag.
    env().reset();
    env().set('SOFTWARE_WEBGL_ENABLED', softwareWebgl);
  },
  async cpu() {
    await import('@tensorflow/tfjs-backend-cpu');
  },
};

/** Paths can be set only before the first use. */
const opened = new Set<BackendName>();
