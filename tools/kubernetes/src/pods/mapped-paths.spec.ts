import { describe, expect, it } from 'vitest';
import { mapped } from './mapped-paths.js';
import { expanded } from './pod-environment.js';

describe('a path of a container', () => {
  const mounts = [
    { path: '/data', folder: '/here/data' },
    { path: '/data/inner', folder: '/here/inner' },
  ];

  it.each([
    ['/data', '/here/data'],
    ['/data/set/train', '/here/data/set/train'],
    ['/data/inner/x', '/here/inner/x'],
    ['/database', '/database'],
    ['--out=/data', '--out=/data'],
    ['', ''],
  ])('%s is %s on this machine', (path, here) => {
    expect(mapped(path, mounts)).toBe(here);
  });
});

it('a variable stands for one told before; an unknown one and an escaped one stay', () => {
  expect(expanded('$(A)-$(B)-$$(A)-$A', { A: 'a' })).toBe('a-$(B)-$(A)-$A');
});
