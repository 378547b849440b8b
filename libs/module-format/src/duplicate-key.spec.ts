import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duplicateKey } from './duplicate-key.js';

describe('a repeated key', () => {
  it.each([
    ['{"a":1,"a":2}', 'a'],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['[{"x":{"b":1,"c":[{}],"b":0}}]', 'b'],
    ['{"a\\"":1, "a\\"" :2}', 'a"'],
    ['{"":0,"":0}', ''],
    ['{"__proto__":0,"__proto__":1}', '__proto__'],
  ])('is found in %s', (json, key) => {
    JSON.parse(json);
    expect(duplicateKey(json)).toBe(key);
  });

  it.each([
    '{"a":"a","b":["a","a"]}',
    '{"a":{"a":{"a":1}}}',
    '[{"a":1},{"a":2}]',
    '{"a":":","b":"{\\"a\\":1}"}',
    '"a"',
  ])('is not seen in %s', (json) => {
    JSON.parse(json);
    expect(duplicateKey(json)).toBeUndefined();
  });

  it('is never seen in what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(duplicateKey(json)).toBeUndefined();
      }),
    );
  });
});
