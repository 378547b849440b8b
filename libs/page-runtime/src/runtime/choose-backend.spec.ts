import { describe, expect, it } from 'vitest';
import { chooseBackend } from './choose-backend.js';

describe('the back end for a model', () => {
  it('is the first that works where the others are hardly quicker', () => {
    expect(
      chooseBackend([
        { backend: 'wasm', medianMs: 2 },
        { backend: 'webgl', medianMs: 1.7 },
      ]),
    ).toEqual({ backend: 'wasm', why: 'WebAssembly takes 2.0 ms an image; WebGL takes 1.7 ms.' });
  });

  it('is a later one that is clearly quicker', () => {
    expect(
      chooseBackend([
        { backend: 'wasm', medianMs: 40 },
        { backend: 'webgl', medianMs: 12 },
      ]),
    ).toEqual({ backend: 'webgl', why: 'WebGL takes 12 ms an image; WebAssembly takes 40 ms.' });
  });

  it('is what is left where another does not work, and the reason is told', () => {
    expect(
      chooseBackend([
        { backend: 'wasm', medianMs: 2 },
        { backend: 'webgl', failure: 'no graphics unit is open to this page' },
      ]),
    ).toEqual({
      backend: 'wasm',
      why: 'WebAssembly takes 2.0 ms an image; WebGL does not work: no graphics unit is open to this page.',
    });
  });

  it('is none where none works', () => {
    expect(chooseBackend([{ backend: 'wasm', failure: 'a reason' }])).toBeUndefined();
    expect(chooseBackend([])).toBeUndefined();
  });
});
