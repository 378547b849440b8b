#!/usr/bin/env node
import { existsSync } from 'node:fs';

const program = new URL('../dist/cluster/job-yaml/print-order.js', import.meta.url);

if (existsSync(program)) {
  const { printOrder } = await import(program.href);
  await printOrder();
} else {
  process.stderr.write(
    'moda-training-job: This copy is not built yet; run `npm run setup` in the repository first.\n',
  );
  process.exitCode = 1;
}
