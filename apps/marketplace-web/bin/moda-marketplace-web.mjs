#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..');

if (existsSync(join(folder, '.next', 'BUILD_ID'))) {
  const { runWebApp } = await import('@moda/web-server');
  const app = {
    name: 'marketplace-web',
    purpose: 'the marketplace of modules',
    folder,
    defaultPort: 3001,
    variablePrefix: 'MARKETPLACE_WEB',
    basePath: '/marketplace',
    variables: ['MODA_GATEWAY                 the gateway (http://127.0.0.1:4000)'],
  };
  await runWebApp(app, process.argv.slice(2));
} else {
  process.stderr.write(
    'moda-marketplace-web: This copy is not built yet; run `npm run setup` in the repository first.\n',
  );
  process.exitCode = 1;
}
