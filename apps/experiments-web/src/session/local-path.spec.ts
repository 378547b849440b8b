import { describe, expect, it } from 'vitest';
import { localPath } from './local-path';

describe('The way back from the login', () => {
  it.each(['/', '/runs/1?level=error', '/compare?runs=a,b'])('leads to %s', (path) => {
    expect(localPath(path)).toBe(path);
  });

  it.each(['https://elsewhere.test/', '//elsewhere.test', '/\\elsewhere.test', 'runs', '/\nx', ''])(
    'never leads elsewhere: %j',
    (path) => {
      expect(localPath(path)).toBe('/');
    },
  );
});
