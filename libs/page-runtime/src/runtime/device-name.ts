import { env } from '@tensorflow/tfjs-core';
import type { BackendName } from './backend-names.js';
import { browserName } from './browser-name.js';

/** On what a back end computes, as far as a browser tells: the graphics unit, or the browser and its processors. */
export async function deviceName(backend: BackendName): Promise<string> {
  const { userAgent = '', hardwareConcurrency = 0 } =
    'navigator' in globalThis ? (navigator as Partial<Navigator>) : {};
  if (backend === 'webgl')
    return rendererName() ?? `a graphics unit that ${browserName(userAgent)} does not name`;
  const simd = backend === 'wasm' && (await env().getAsync('WASM_HAS_SIMD_SUPPORT')) ? ', SIMD' : '';
  const thread = hardwareConcurrency > 0 ? `, one thread of ${hardwareConcurrency}` : '';
  return `${browserName(userAgent)}${simd}${thread}`;
}

function rendererName(): string | undefined {
  if (!('OffscreenCanvas' in globalThis)) return undefined;
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (gl === null) return undefined;
  const details = gl.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = gl.getParameter(details?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER);
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return typeof name === 'string' && name !== '' ? name : undefined;
}
