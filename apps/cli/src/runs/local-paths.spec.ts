import { describe, expect, it } from 'vitest';
import { withLocalPaths } from './local-paths.js';

const spec = { arch: 'nets/small.json', dataDir: 'data', init: '/weights.safetensors', epochs: 3 };

describe('the files of a spec', () => {
  it.each(['http://127.0.0.1:4000', 'http://localhost:4000', 'http://[::1]:4000'])(
    'are found from here by a service at %s',
    (gateway) => {
      expect(withLocalPaths(spec, gateway, '/project')).toEqual({
        arch: '/project/nets/small.json',
        dataDir: '/project/data',
        init: '/weights.safetensors',
        epochs: 3,
      });
    },
  );

  it('are those of the other machine elsewhere', () => {
    expect(withLocalPaths(spec, 'https://127.0.0.1.example.org', '/project')).toEqual(spec);
  });

  it('are none where a spec names none', () => {
    expect(withLocalPaths({ arch: 'lenet5' }, 'http://127.0.0.1:4000', '/project')).toEqual({
      arch: 'lenet5',
    });
  });
});
