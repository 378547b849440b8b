'use strict';
// Run in a process of its own: loads the package given as argument, multiplies two matrices and prints what came out.
const util = require('node:util');

// Node 23 removed these; the package still calls them.
/** @type {Record<string, (value: unknown) => boolean>} */
const removed = {
  isNullOrUndefined: (value) => value === null || value === undefined,
  isArray: Array.isArray,
};
const present = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (util));
for (const [name, implementation] of Object.entries(removed)) present[name] ??= implementation;

const tf = require(/** @type {string} */ (process.argv[2]));
const product = tf.matMul(
  tf.tensor2d([
    [1, 2],
    [3, 4],
  ]),
  tf.tensor2d([
    [5, 6],
    [7, 8],
  ]),
);
const backend = tf.backend();
const answer = {
  backend: tf.getBackend(),
  product: Array.from(product.dataSync()),
  tensorflow: backend.binding.TF_Version,
  gpuInUse: backend.isUsingGpuDevice === true,
};
process.stdout.write(`\nprobe ${JSON.stringify(answer)}\n`);
