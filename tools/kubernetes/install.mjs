#!/usr/bin/env node
import { installControlPlane } from './src/build/install-control-plane.mjs';
import { installLinters } from './src/linters/install-linters.mjs';

const USAGE = `Puts what tests of Kubernetes need into the cache that all clones share: a control plane with Kueue and simulated nodes, which is
built, and what checks manifests and Dockerfiles.

  node tools/kubernetes/install.mjs

Takes Go 1.25 or newer, Python 3 with pip, and their registries. MODA_CACHE names the cache, MODA_PYTHON the Python.
Exit code: 0 in place, 1 not, 2 wrong usage.
`;

if (process.argv.length > 2) {
  process.stderr.write(USAGE);
  process.exitCode = process.argv[2] === '--help' ? 0 : 2;
} else {
  const say = (line) => process.stderr.write(`${line}\n`);
  for (const install of [installLinters, installControlPlane]) {
    const problem = await install({ say });
    if (problem === undefined) continue;
    say(problem);
    process.exitCode = 1;
  }
}
