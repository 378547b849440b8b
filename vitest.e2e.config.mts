import { defineConfig } from 'vitest/config';

/** Suites that measure time, memory or throughput: nothing else of ours may run meanwhile. */
const measuring = [
  '**/*speed.e2e.ts',
  '**/throughput.e2e.ts',
  '**/subscribers.e2e.ts',
  '**/cluster-load.e2e.ts',
  '**/gateway/src/*.e2e.ts',
];
const exclude = ['**/node_modules/**', '**/dist/**', '**/.next/**'];

// Real processes, each suite in a home of its own and at ports of its own. They wait a good deal of their time, for one another and for
// the clock: two of them go side by side, and then those that measure, one after the other.
export default defineConfig({
  test: {
    pool: 'forks',
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 10_000 } },
    // On a machine that many share a process may be kept waiting for longer than anybody planned for. `npm test` names what passed at its
    // second try only; a person at work sees the first failure.
    retry: process.env['CI'] === undefined ? 0 : 1,
    cache: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'side by side',
          include: ['**/*.e2e.ts'],
          exclude: [...exclude, ...measuring],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'measuring',
          include: measuring,
          exclude,
          maxWorkers: 1,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
