#!/usr/bin/env node
import { installControlPlane } from './src/build/install-control-plane.mjs';

const USAGE = `Builds a Kubernetes control plane for tests, with Kueue and simulated nodes, into the cache that all clones share.

  node tools/kubernetes/install.mjs

Takes Go 1.25 or newer and its module proxy. MODA_CACHE names the cache.
Exit code: 0 in place, 1 not, 2 wrong usage.
`;

if (process.argv.length > 2) {
  process.stderr.write(USAGE);
  process.exitCode = process.argv[2] === '--help' ? 0 : 2;
} else {
  const problem = await installControlPlane({ say: (line) => process.stderr.write(`${line}\n`) });
  if (problem !== undefined) process.stderr.write(`${problem}\n`);
  process.exitCode = problem === undefined ? 0 : 1;
}
