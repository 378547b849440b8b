import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { layoutProblems } from './layout-problems.mjs';

describe('layoutProblems', () => {
  let root;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'layout-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const write = (path, content) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
  };
  const tags = (...names) => ({ name: 'x', tags: names });

  it('finds nothing wrong with this repository', () => {
    expect(layoutProblems(join(import.meta.dirname, '..', '..', '..'))).toEqual([]);
  });

  it('wants a project.json in every project', () => {
    write('libs/a/package.json', { name: '@moda/a' });
    expect(layoutProblems(root)).toEqual([expect.stringContaining('libs/a has no project.json')]);
  });

  it.each([
    ['no rank', tags('runtime:any'), 'exactly one tag rank:'],
    ['two ranks', tags('rank:0', 'rank:1', 'runtime:any'), 'exactly one tag rank:'],
    ['a rank beyond the stairs', tags('rank:6', 'runtime:any'), 'exactly one tag rank:'],
    ['no runtime', tags('rank:0'), 'exactly one tag runtime:'],
    ['two runtimes', tags('rank:0', 'runtime:any', 'runtime:node'), 'exactly one tag runtime:'],
    ['an unknown runtime', tags('rank:0', 'runtime:moon'), 'exactly one tag runtime:'],
  ])('refuses %s', (_what, project, expected) => {
    write('libs/a/project.json', project);
    expect(layoutProblems(root)).toEqual([expect.stringContaining(expected)]);
  });

  it.each(['utils', 'util.ts', 'helpers', 'helper.mjs', 'common', 'types.ts', 'types'])(
    'refuses the name %s',
    (name) => {
      write('libs/a/project.json', tags('rank:0', 'runtime:any'));
      write(`libs/a/src/deep/${name}${name.includes('.') ? '' : '/a.ts'}`, '');
      expect(layoutProblems(root)).toEqual([expect.stringContaining(`libs/a/src/deep/${name} says nothing`)]);
    },
  );

  it('compares the dependencies of package.json with the references of tsconfig.json', () => {
    const built = { ...tags('rank:0', 'runtime:any'), targets: { build: {} } };
    write('libs/a/project.json', built);
    write('libs/a/package.json', { name: '@moda/a' });
    write('libs/a/tsconfig.json', {});
    write('libs/b/project.json', built);
    write('libs/b/package.json', { name: '@moda/b', dependencies: { '@moda/a': '*' } });
    write('libs/b/tsconfig.json', {});
    expect(layoutProblems(root)).toEqual([expect.stringContaining('tsconfig.json has no reference to it')]);

    write('libs/b/package.json', { name: '@moda/b' });
    write('libs/b/tsconfig.json', { references: [{ path: '../a' }] });
    expect(layoutProblems(root)).toEqual([expect.stringContaining('package.json does not list it')]);

    write('libs/b/package.json', { name: '@moda/b', dependencies: { '@moda/a': '*' } });
    expect(layoutProblems(root)).toEqual([]);
  });

  it('asks for no reference to a project that is not compiled', () => {
    write('tools/a/project.json', tags('rank:0', 'runtime:node'));
    write('tools/a/package.json', { name: '@moda/a' });
    write('apps/b/project.json', { ...tags('rank:5', 'runtime:node'), targets: { build: {} } });
    write('apps/b/package.json', { name: '@moda/b', dependencies: { '@moda/a': '*' } });
    write('apps/b/tsconfig.json', {});
    expect(layoutProblems(root)).toEqual([]);
  });
});
