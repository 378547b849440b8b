#!/usr/bin/env node
import { existsSync } from 'node:fs';

const program = new URL('../dist/worker/main.js', import.meta.url);

if (existsSync(program)) {
  const { work } = await import(program.href);
  // TensorFlow is loaded by the process that trains, when it is about to, and by no other part of the service.
  await work(async () => (await import('@moda/tensor-backend')).openTensorBackend());
} else {
  process.stderr.write(
    'moda-training-worker: This copy is not built yet; run `npm run setup` in the repository first.\n',
  );
  process.exitCode = 1;
}
