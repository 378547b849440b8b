// Everything that a fresh clone needs before it can run. Plain JavaScript without packages: it runs before they are there.
import { join } from 'node:path';
import { requireNode } from './src/node-version.mjs';

requireNode();
const { setUp } = await import('./src/set-up.mjs');
await setUp(join(import.meta.dirname, '..', '..'), { build: true });
