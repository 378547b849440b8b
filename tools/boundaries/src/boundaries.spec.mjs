import { join } from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');

// The repository's own rules, less those that need a file on disk for its types.
const eslint = new ESLint({
  cwd: root,
  overrideConfig: [
    tseslint.configs.disableTypeChecked,
    { languageOptions: { parserOptions: { projectService: false } } },
  ],
});

/** What the repository's lint says about a file with this one line, as far as it is about boundaries. */
async function complaints(filePath, line) {
  const [result] = await eslint.lintText(`${line}\n`, { filePath: join(root, filePath) });
  const fatal = result.messages.find((message) => message.fatal);
  if (fatal) throw new Error(fatal.message);
  return result.messages
    .filter(({ ruleId }) =>
      ['house/imports', 'no-restricted-globals', 'no-restricted-exports'].includes(ruleId),
    )
    .map(({ message }) => message);
}

describe('the lint of this repository refuses', () => {
  it.each([
    [
      'an upward import',
      'libs/nn/src/a.ts',
      `import { affinityLoss } from '@moda/moda';`,
      'lower ranks only',
    ],
    [
      'an upward import of types',
      'libs/nn/src/a.ts',
      `import type { Loss } from '@moda/moda';`,
      'lower ranks only',
    ],
    [
      'an upward import in a spec',
      'libs/nn/src/a.spec.ts',
      `import { affinityLoss } from '@moda/moda';`,
      'lower ranks only',
    ],
    [
      'a sideways import',
      'libs/datasets/src/a.ts',
      `import { readSafetensors } from '@moda/module-format';`,
      'lower ranks only',
    ],
    [
      'an import by the ground',
      'libs/contracts/src/a.ts',
      `import { read } from '@moda/datasets';`,
      'lower ranks only',
    ],
    [
      'a re-export from above',
      'libs/nn/src/index.ts',
      `export { affinityLoss } from '@moda/moda';`,
      'lower ranks only',
    ],
    [
      'a star re-export from above',
      'libs/nn/src/index.ts',
      `export * from '@moda/moda';`,
      'lower ranks only',
    ],
    [
      'a dynamic import from above',
      'libs/nn/src/a.ts',
      `export const later = () => import('@moda/moda');`,
      'lower ranks only',
    ],
    [
      'an inline type from above',
      'libs/nn/src/a.ts',
      `export type Loss = import('@moda/moda').Loss;`,
      'lower ranks only',
    ],
    [
      'a part of a package above',
      'libs/nn/src/a.ts',
      `import { x } from '@moda/moda/testing';`,
      'lower ranks only',
    ],
    ['an application as a library', 'apps/e2e/src/a.ts', `import { main } from '@moda/cli';`, 'entry point'],
    [
      'a tool in a library',
      'libs/experiments/src/a.ts',
      `import { x } from '@moda/native-tensorflow';`,
      'may not import a tool',
    ],
    [
      'a project that does not exist',
      'apps/cli/src/a.ts',
      `import { x } from '@moda/nowhere';`,
      'no project of this repository',
    ],

    [
      'Node in code for any runtime',
      'libs/nn/src/a.ts',
      `import { readFileSync } from 'node:fs';`,
      'runtime:any',
    ],
    ['Node without its prefix', 'libs/module-format/src/a.ts', `import { join } from 'path';`, 'runtime:any'],
    [
      'a Node project loaded in code for any runtime',
      'libs/nn/src/a.ts',
      `import { x } from '@moda/datasets';`,
      'runtime:any',
    ],
    [
      'inline types, which still load the module',
      'libs/nn/src/a.ts',
      `import { type X } from '@moda/datasets';`,
      'runtime:any',
    ],
    [
      'a global of Node in code for any runtime',
      'libs/moda/src/a.ts',
      `export const home = process.env;`,
      `'process'`,
    ],

    [
      'TensorFlow outside its door',
      'libs/nn/src/a.ts',
      `import * as tf from '@tensorflow/tfjs-core';`,
      'tensor-backend and libs/page-runtime only',
    ],
    [
      'types of TensorFlow outside its door',
      'libs/moda/src/a.ts',
      `import type { Tensor } from '@tensorflow/tfjs-core';`,
      'tensor-backend and libs/page-runtime only',
    ],
    [
      'TensorFlow loaded late',
      'apps/cli/src/a.ts',
      `export const tf = () => import('@tensorflow/tfjs-node-gpu');`,
      'tensor-backend and libs/page-runtime only',
    ],
    [
      'TensorFlow by require',
      'tools/native-tensorflow/src/a.mjs',
      `export const tf = require('@tensorflow/tfjs-node-gpu');`,
      'tensor-backend and libs/page-runtime only',
    ],

    [
      'a relative path into another project',
      'libs/nn/src/a.ts',
      `import { x } from '../../moda/src/index.js';`,
      'leaves libs/nn',
    ],
    [
      'a relative path out of a deep folder',
      'libs/nn/src/graph/deep/a.ts',
      `import { x } from '../../../../moda/src/index.js';`,
      'leaves libs/nn',
    ],
    [
      'a relative path to the root',
      'apps/cli/src/a.ts',
      `import x from '../../../package.json' with { type: 'json' };`,
      'leaves apps/cli',
    ],
    ['an absolute path', 'apps/cli/src/a.ts', `import { x } from '/somewhere/else.js';`, 'absolute path'],

    ['a default export', 'libs/nn/src/a.ts', `export default 1;`, 'default'],
  ])('%s', async (_what, file, line, expected) => {
    expect(await complaints(file, line)).toEqual([expect.stringContaining(expected)]);
  });
});

describe('the lint of this repository allows', () => {
  it.each([
    ['a lower rank', 'libs/experiments/src/a.ts', `import { affinityLoss } from '@moda/moda';`],
    [
      'the ground, from everywhere',
      'libs/module-format/src/a.ts',
      `import { ModaError } from '@moda/contracts';`,
    ],
    ['types across runtimes', 'libs/nn/src/a.ts', `import type { Tensor } from '@moda/tensor-backend';`],
    [
      'types of Node in code for any runtime',
      'libs/nn/src/a.ts',
      `import type { Readable } from 'node:stream';`,
    ],
    ['Node in a Node project', 'libs/datasets/src/a.ts', `import { readFileSync } from 'node:fs';`],
    [
      'Node in a spec',
      'libs/nn/src/a.spec.ts',
      `import { readFileSync } from 'node:fs'; export const home = process.env;`,
    ],
    [
      'a Node project in a spec',
      'libs/nn/src/a.spec.ts',
      `import { openTensorBackend } from '@moda/tensor-backend';`,
    ],
    [
      'TensorFlow in its door',
      'libs/tensor-backend/src/a.ts',
      `export const tf = () => import('@tensorflow/tfjs-node-gpu');`,
    ],
    ['a relative path within a project', 'libs/nn/src/graph/a.ts', `import { x } from '../index.js';`],
    ['other packages', 'libs/nn/src/a.ts', `import { z } from 'zod';`],
    ['a default export of a configuration', 'apps/cli/vite.config.ts', `export default {};`],
  ])('%s', async (_what, file, line) => {
    expect(await complaints(file, line)).toEqual([]);
  });
});
