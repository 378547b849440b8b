/** What computes in a page: WebAssembly on the processor, WebGL on the graphics unit, plain JavaScript where neither is there. */
export const backendNames = ['wasm', 'webgl', 'cpu'] as const;

export type BackendName = (typeof backendNames)[number];

/** A back end, or the quicker of WebAssembly and WebGL, measured. */
export type BackendPreference = 'auto' | BackendName;

export const backendTitles: Readonly<Record<BackendName, string>> = {
  wasm: 'WebAssembly',
  webgl: 'WebGL',
  cpu: 'JavaScript',
};
