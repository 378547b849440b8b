#!/usr/bin/env node
// Copies what WebAssembly needs in a page into a folder that the page is served from: copy-wasm.mjs FOLDER
import { copyFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const files = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'];

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('copy-wasm: Name the folder to copy to.\n');
  process.exitCode = 2;
} else {
  const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  mkdirSync(folder, { recursive: true });
  for (const file of files) copyFileSync(join(dirname(main), file), join(folder, file));
}
