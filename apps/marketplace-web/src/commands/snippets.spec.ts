import { describe, expect, it } from 'vitest';
import { composeCommand, pullCommand, shellWord, snippetsOf } from './snippets';

const set = { of: 'ada/digits@1.0.0', classNames: ['3', '5'] };

describe('pullCommand', () => {
  it('names classes, version and threshold', () => {
    expect(pullCommand({ ...set, tau: 0.8 }, 'three-five')).toBe(
      'npx moda pull ada/digits/3,5@1.0.0 --tau 0.8 --out three-five',
    );
  });

  it('has no threshold for a whole model, which has none', () => {
    expect(pullCommand({ of: 'ada/digits@1.0.0', classNames: [], tau: 0.8 })).toBe(
      'npx moda pull ada/digits@1.0.0',
    );
  });

  it('keeps a name with blanks in one word', () => {
    expect(pullCommand({ of: 'ada/signs@1.0.0', classNames: ['stop sign'] })).toBe(
      "npx moda pull 'ada/signs/stop sign@1.0.0'",
    );
  });
});

describe('composeCommand', () => {
  it('cuts the set on the own machine', () => {
    expect(composeCommand(set, 0.9)).toBe(
      'npx moda pull ada/digits@1.0.0 --out model && npx moda compose --model model --classes 3 5 --tau 0.9 --out composed',
    );
  });
});

describe('shellWord', () => {
  it('lets no quote end the word', () => {
    expect(shellWord("it's; rm -rf /")).toBe(String.raw`'it'\''s; rm -rf /'`);
  });
});

describe('snippetsOf', () => {
  const snippets = snippetsOf(set, { height: 32, width: 24, channels: 3 });

  it('speaks to a shell, to TypeScript and to Python', () => {
    expect(snippets.map(({ id }) => id)).toEqual(['shell', 'typescript', 'python']);
  });

  it('gives images the size that the model takes', () => {
    expect(snippets[1]?.code).toContain('tf.zeros([1, 32, 24, 3])');
    expect(snippets[2]?.code).toContain('np.zeros((1, 32, 24, 3)');
  });

  it('checks what was pulled before it is used', () => {
    const lines = snippets[0]?.code.split('\n') ?? [];
    expect(lines[0]).toContain('npx moda pull ada/digits/3,5@1.0.0');
    expect(lines[1]).toBe('npx moda verify module');
  });
});
