#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..');

if (existsSync(join(folder, '.next', 'BUILD_ID'))) {
  const { runWebApp } = await import('@moda/web-server');
  const app = {
    name: 'experiments-web',
    purpose: 'the experiments app, with the marketplace below it',
    folder,
    defaultPort: 3000,
    variablePrefix: 'EXPERIMENTS_WEB',
    basePath: '',
    variables: [
      'MODA_GATEWAY                 the gateway (http://127.0.0.1:4000)',
      'MARKETPLACE_URL              the marketplace (http://127.0.0.1:3001)',
    ],
  };
  await runWebApp(app, process.argv.slice(2));
} else {
  process.stderr.write(
    'moda-experiments-web: This copy is not built yet; run `npm run setup` in the repository first.\n',
  );
  process.exitCode = 1;
}
