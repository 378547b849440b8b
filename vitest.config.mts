import { defineConfig } from 'vitest/config';

// Packages of this repository export their TypeScript source under this condition, so that specs need no build.
const conditions = ['@moda/source', 'node'];

export default defineConfig({
  resolve: {
    conditions,
    // One copy of it: the packages that build schemas load this file, and Vite alone would choose another.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['**/*.spec.{ts,tsx,mjs}'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/.next/**', '**/*.gpu.spec.ts'],
    // TensorFlow's native library belongs to a process, not to a thread.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A second, as is usual, is little where others use the machine too.
    expect: { poll: { timeout: 10_000 } },
    // Projects are tested side by side and would write one cache file.
    cache: false,
  },
});
