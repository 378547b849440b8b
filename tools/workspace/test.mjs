// `npm test`: set up, then build, lint and test everything that changed, and add up all reports, fresh or remembered.
// Arguments are passed to Nx: `npm test -- --projects=nn`, `npm test -- --skip-nx-cache`.
import { join } from 'node:path';
import { requireNode } from './src/node-version.mjs';

requireNode();
const { setUp } = await import('./src/set-up.mjs');
const root = join(import.meta.dirname, '..', '..');
await setUp(root, { build: false });

const { recordBuild } = await import('./src/build-record.mjs');
const { clearReports, readReports } = await import('./src/reports.mjs');
const { requiredParts } = await import('./src/required-parts.mjs');
const { runNx } = await import('./src/nx.mjs');
const { summarizeTests, summaryLines } = await import('./src/test-summary.mjs');

const args = process.argv.slice(2);
const start = performance.now();
clearReports(root);
const { code, interrupted } = await runNx(root, [
  'run-many',
  '--targets=build,lint,test,e2e',
  '--outputStyle=static-failures-only',
  ...args,
]);
if (interrupted) {
  console.error('Interrupted; start again to go on: what is done need not run again.');
  process.exit(code);
}
if (code === 0 && args.length === 0) recordBuild(root);

const summary = summarizeTests(readReports(root), requiredParts());
console.log(`Checked in ${((performance.now() - start) / 1000).toFixed(1)} s.`);
if (code !== 0 && summary.failed === 0) console.log('A build, a check or a test run failed: see above.');
if (summary.passed === 0) console.log('No test ran.');
for (const line of summaryLines(summary)) console.log(line);
process.exitCode = code !== 0 || summary.failed > 0 || summary.passed === 0 ? 1 : 0;
