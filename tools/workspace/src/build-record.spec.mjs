import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildIsCurrent, recordBuild } from './build-record.mjs';

describe('the record of the last build', () => {
  let root;
  const path = (name) => join(root, name);
  const write = (name, content = '') => {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), content);
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'build record '));
    mkdirSync(path('apps'));
    write('libs/nn/tsconfig.json', '{}');
    write('libs/nn/src/a.ts', 'export const a = 1;');
    write('libs/nn/dist/a.js', 'export const a = 1;');
    recordBuild(root);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('holds while the sources stay as they are', () => {
    expect(buildIsCurrent(root)).toBe(true);
  });

  it('does not mind new dates, derived files and hidden files', () => {
    utimesSync(path('libs/nn/src/a.ts'), 1, 1);
    write('libs/nn/dist/b.js');
    write('libs/nn/node_modules/x/index.js');
    write('libs/nn/.reports/specs.json');
    expect(buildIsCurrent(root)).toBe(true);
  });

  it.each([
    ['a changed file', () => write('libs/nn/src/a.ts', 'export const a = 2;')],
    ['a new file', () => write('libs/nn/src/b.ts')],
    ['a renamed file', () => renameSync(path('libs/nn/src/a.ts'), path('libs/nn/src/c.ts'))],
    ['a removed file', () => rmSync(path('libs/nn/src/a.ts'))],
    ['a changed configuration', () => write('tsconfig.base.json', '{}')],
    ['a missing build', () => rmSync(path('libs/nn/dist'), { recursive: true })],
    ['a missing record', () => rmSync(path('node_modules/.moda'), { recursive: true })],
  ])('ends with %s', (_what, change) => {
    change();
    expect(buildIsCurrent(root)).toBe(false);
  });

  it('tells content moved from one file to the next from content that stayed', () => {
    write('libs/nn/src/a.ts', 'one');
    write('libs/nn/src/b.ts', 'two');
    recordBuild(root);
    write('libs/nn/src/a.ts', 'onet');
    write('libs/nn/src/b.ts', 'wo');
    expect(buildIsCurrent(root)).toBe(false);
  });
});
