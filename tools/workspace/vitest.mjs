// node tools/workspace/vitest.mjs <project> [--e2e] [vitest options]: runs the specs of one project and leaves a report that
// `npm test` adds up. A project without specs passes, and says so in its report.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runCommand } from './src/run-command.mjs';

const root = join(import.meta.dirname, '..', '..');
const [project, ...options] = process.argv.slice(2);
if (project === undefined) {
  console.error('Name the folder of a project: node tools/workspace/vitest.mjs libs/nn');
  process.exit(2);
}
const endToEnd = options.includes('--e2e');
const folder = resolve(root, project);
const report = join(folder, '.reports', endToEnd ? 'e2e.json' : 'specs.json');
rmSync(report, { force: true });

const { code } = await runCommand(
  process.execPath,
  [
    join(root, 'node_modules', '.bin', 'vitest'),
    'run',
    `--config=${endToEnd ? 'vitest.e2e.config.mts' : 'vitest.config.mts'}`,
    // A filter of paths: the projects that a configuration names do not hear of `--dir`.
    `${folder}/`,
    '--passWithNoTests',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...options.filter((option) => option !== '--e2e'),
  ],
  { cwd: root, env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: process.env.TF_CPP_MIN_LOG_LEVEL ?? '2' } },
);
if (code === 0 && !existsSync(report)) {
  mkdirSync(join(folder, '.reports'), { recursive: true });
  writeFileSync(report, JSON.stringify({ testResults: [] }));
}
process.exitCode = code;
