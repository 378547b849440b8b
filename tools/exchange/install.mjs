#!/usr/bin/env node
import { installEnvironment } from './src/install-environment.mjs';

const USAGE = `Puts the reference readers of ONNX and safetensors, which are Python, into the cache that all clones share.

  node tools/exchange/install.mjs

MODA_PYTHON names the Python to take (3.11 or newer, with pip), MODA_CACHE the cache.
Exit code: 0 in place, 1 not, 2 wrong usage.
`;

if (process.argv.length > 2) {
  process.stderr.write(USAGE);
  process.exitCode = process.argv[2] === '--help' ? 0 : 2;
} else {
  const problem = await installEnvironment({ say: (line) => process.stderr.write(`${line}\n`) });
  if (problem !== undefined) process.stderr.write(`${problem}\n`);
  process.exitCode = problem === undefined ? 0 : 1;
}
