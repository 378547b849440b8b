// Writes what is generated from the supergraph and the operations of the web apps: `node tools/codegen/generate.mjs`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generatedFiles } from './src/generated-files.mjs';

const root = join(import.meta.dirname, '..', '..');
for (const { path, text } of await generatedFiles(root)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  console.error(`wrote ${path}`);
}
