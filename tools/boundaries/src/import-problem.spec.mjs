import { describe, expect, it } from 'vitest';
import { importProblem } from './import-problem.mjs';

const project = (folder, rank, runtime, declared = []) => ({
  folder,
  area: folder.split('/')[0],
  packageName: `@moda/${folder.split('/')[1]}`,
  declared: new Set(declared),
  rank,
  runtime,
});

const ground = project('libs/contracts', 'ground', 'any');
const charts = project('libs/charts', 0, 'browser', ['@moda/contracts']);
const files = project('libs/files', 0, 'node', ['@moda/contracts']);
const installer = project('tools/installer', 0, 'node');
const page = project('apps/page', 5, 'browser', ['@moda/charts', '@moda/files']);
const command = project('apps/command', 5, 'node', ['@moda/files', '@moda/installer']);
const projects = [ground, charts, files, installer, page, command];

const judge = (importer, specifier, { file = `${importer.folder}/src/a.ts`, typeOnly = false } = {}) =>
  importProblem({ project: importer, file, specifier, typeOnly, projects });

describe('importProblem', () => {
  it('lets a browser project load browser projects', () => {
    expect(judge(page, '@moda/charts')).toBeUndefined();
  });

  it('keeps Node projects out of the browser, but not their types', () => {
    expect(judge(page, '@moda/files')).toMatch(/apps\/page has runtime:browser and may not load libs\/files/);
    expect(judge(page, '@moda/files', { typeOnly: true })).toBeUndefined();
  });

  it('keeps browser projects out of Node', () => {
    const declaring = { ...command, declared: new Set(['@moda/charts']) };
    expect(judge(declaring, '@moda/charts')).toMatch(
      /runtime:node and may not load libs\/charts \(runtime:browser\)/,
    );
  });

  it('lets an application use a tool of rank 0', () => {
    expect(judge(command, '@moda/installer')).toBeUndefined();
  });

  it('wants every imported project in package.json, on which the cache of results relies', () => {
    expect(judge(page, '@moda/contracts')).toBe(
      'apps/page/package.json does not list @moda/contracts; add it to its dependencies.',
    );
  });

  it('does not take a package for another whose name it begins with', () => {
    expect(judge(command, '@moda/files-and-more')).toMatch(/no project of this repository/);
  });

  it('treats a contract suite like the spec that runs it', () => {
    expect(judge(charts, 'node:fs', { file: 'libs/charts/src/testing/contract.ts' })).toBeUndefined();
    expect(judge(charts, 'node:fs')).toMatch(/may not load 'node:fs'/);
  });
});
