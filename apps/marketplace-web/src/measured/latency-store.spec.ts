// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { latencyOf, rememberLatency } from './latency-store';

const set = { of: 'ada/digits@1.0.0', classes: [3], tau: 0.9 };

beforeEach(() => {
  localStorage.clear();
});

describe('times that this browser took', () => {
  it('belong to one set at one threshold', () => {
    rememberLatency({ ...set, ms: 2.5, device: 'WASM' });
    expect(latencyOf(set)).toMatchObject({ ms: 2.5, device: 'WASM' });
    expect(latencyOf({ ...set, tau: 0.5 })).toBeUndefined();
    expect(latencyOf({ ...set, classes: [3, 5] })).toBeUndefined();
  });

  it('are replaced by newer ones', () => {
    rememberLatency({ ...set, ms: 2.5, device: 'WASM' });
    rememberLatency({ ...set, ms: 1.5, device: 'WebGL' });
    expect(latencyOf(set)).toMatchObject({ ms: 1.5, device: 'WebGL' });
  });

  it('are no more than two hundred, the newest', () => {
    for (let index = 0; index < 201; index++)
      rememberLatency({ ...set, classes: [index], ms: 1, device: 'WASM' });
    expect(latencyOf({ ...set, classes: [0] })).toBeUndefined();
    expect(latencyOf({ ...set, classes: [200] })).toBeDefined();
  });

  it('are unknown where something else was kept', () => {
    localStorage.setItem('moda.latency', '[{"of":"ada/digits@1.0.0","classes":[3],"tau":0.9,"ms":"fast"}]');
    expect(latencyOf(set)).toBeUndefined();
    localStorage.setItem('moda.latency', 'nothing');
    expect(latencyOf(set)).toBeUndefined();
  });
});
