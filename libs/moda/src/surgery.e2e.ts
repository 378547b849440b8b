import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from 'vitest';

// Processes run what was built.
const project = join(import.meta.dirname, '..');
const dist = join(project, 'dist');
beforeAll(() => expect(existsSync(join(dist, 'surgery.js')), 'built by tsc -b').toBe(true));

/** Names every file that is imported, on standard error, as it is found. */
const hooks = `
  import { writeSync } from 'node:fs';
  export async function resolve(name, context, next) {
    const found = await next(name, context);
    writeSync(2, found.url + '\\n');
    return found;
  }
`;

/** The files that a process loads which imports so much of this package, or another one, and does nothing else. */
async function filesLoadedBy(name: string): Promise<string[]> {
  const program = `
    import { createRequire, register } from 'node:module';
    register('data:text/javascript,' + ${JSON.stringify(encodeURIComponent(hooks))});
    await import(${JSON.stringify(name)});
    console.log(Object.keys(createRequire(import.meta.url).cache).join('\\n'));
  `;
  const arguments_ = ['--input-type=module', '--eval', program];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, arguments_, {
    cwd: project,
    maxBuffer: 2 ** 24,
  });
  return `${stdout}\n${stderr}`.split('\n').filter((line) => line !== '');
}

const tensors = /@tensorflow|tensor-backend/;
const networksWithTensors = /nn\/dist\/index\.js$/;

it('a process that imports surgery loads no TensorFlow, no tensor backend and nothing that works with them', async () => {
  const files = await filesLoadedBy('@moda/moda/surgery');
  expect(files.some((file) => file.endsWith('derive/cut-weights.js'))).toBe(true);
  expect(files.filter((file) => tensors.test(file) || networksWithTensors.test(file))).toEqual([]);
});

it('which would be seen: others do', async () => {
  expect((await filesLoadedBy('@moda/moda')).some((file) => networksWithTensors.test(file))).toBe(true);
  expect((await filesLoadedBy('@moda/tensor-backend')).some((file) => tensors.test(file))).toBe(true);
});
