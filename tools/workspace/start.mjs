// `npm start`: set up, then do the main job. Arguments, signals and the exit code are the main job's own, because it runs in
// this very process.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { requireNode } from './src/node-version.mjs';

requireNode();
const { setUp } = await import('./src/set-up.mjs');
const root = join(import.meta.dirname, '..', '..');
await setUp(root, { build: true });

const platform = join(root, 'apps', 'platform', 'dist', 'main.js');
process.argv.splice(1, 1, platform);
await import(pathToFileURL(platform).href);
