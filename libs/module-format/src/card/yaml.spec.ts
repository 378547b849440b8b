import { describe, expect, it } from 'vitest';
import { toYaml } from './yaml.js';

describe('YAML front matter', () => {
  it('is written in blocks', () => {
    expect(
      toYaml({ a: 1, list: ['x', 0.5, null], nested: { deep: [{ k: 'v', l: [] }, {}] }, none: {} }),
    ).toBe(
      `a: 1
list:
- x
- 0.5
- null
nested:
  deep:
  - k: v
    l: []
  - {}
none: {}
`,
    );
  });

  it.each([
    ['yes', '"yes"'],
    ['Null', '"Null"'],
    ['0.9', '"0.9"'],
    ['', '""'],
    ['a: b', '"a: b"'],
    ['line\n---', '"line\\n---"'],
    ['two\u2028lines', '"two\\u2028lines"'],
    ['apache-2.0', 'apache-2.0'],
  ])('quotes what YAML could take for something else: %j', (text, written) => {
    expect(toYaml({ key: text })).toBe(`key: ${written}\n`);
  });
});
