#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { createProgress, inspectNativeTensorflow, installNativeTensorflow } from './src/index.mjs';

/** @typedef {import('./src/index.d.mts').DeviceWish} DeviceWish */

const USAGE = `Puts a native TensorFlow under @tensorflow/tfjs-node-gpu.

  node tools/native-tensorflow/install.mjs [--device cpu|gpu|auto] [--json] [--quiet] [--inspect]

  --device   which TensorFlow; the default is MODA_DEVICE, else the GPU's where an NVIDIA driver is present
  --json     print the outcome as one JSON document on standard output
  --quiet    show no progress
  --inspect  change nothing, only say how things stand

Exit code: 0 ready, 2 wrong usage, 3 not in place (MODA then runs on WASM, more slowly), 130 interrupted.
`;

const EXIT = { ready: 0, usage: 2, fallback: 3, interrupted: 130 };

/** @param {string[]} args */
async function main(args) {
  const options = readOptions(args);
  if (options === null) return EXIT.usage;
  if (options.help) {
    process.stdout.write(USAGE);
    return EXIT.ready;
  }
  if (options.inspect) {
    const inspection = await inspectNativeTensorflow({ device: options.device });
    if (options.json) process.stdout.write(`${JSON.stringify(inspection, null, 2)}\n`);
    else process.stderr.write(`${describe(inspection.state, inspection.tensorflow, inspection.device)}\n`);
    if (!options.json) for (const problem of inspection.problems) tell(problem);
    return inspection.state === 'ready' ? EXIT.ready : EXIT.fallback;
  }
  const interruption = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM']) {
    process.once(name, () => interruption.abort(new DOMException('interrupted', 'AbortError')));
  }
  const progress = createProgress({ quiet: options.quiet });
  const outcome = await installNativeTensorflow({
    device: options.device,
    progress,
    signal: interruption.signal,
  });
  if (options.json) process.stdout.write(`${JSON.stringify(outcome, null, 2)}\n`);
  const { code, reason, remedy } = outcome;
  if (code === 'NATIVE_INTERRUPTED') {
    process.stderr.write('Interrupted; the next run goes on from here.\n');
    return EXIT.interrupted;
  }
  if (code !== undefined) tell({ code, reason: reason ?? '', remedy: remedy ?? '' });
  for (const warning of outcome.warnings) tell(warning);
  if (!options.quiet)
    process.stderr.write(`${describe(outcome.state, outcome.tensorflow, outcome.device)}\n`);
  return outcome.state === 'ready' ? EXIT.ready : EXIT.fallback;
}

/** @param {string[]} args */
function readOptions(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        device: { type: 'string' },
        json: { type: 'boolean', default: false },
        quiet: { type: 'boolean', default: false },
        inspect: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const { device } = values;
    if (device !== undefined && !['cpu', 'gpu', 'auto'].includes(device)) {
      throw new Error(`The device "${device}" is not known: it is cpu, gpu or auto.`);
    }
    return { ...values, device: /** @type {DeviceWish | undefined} */ (device) };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    return null;
  }
}

/**
 * @param {string} state
 * @param {string | null} tensorflow
 * @param {string | null} device
 */
function describe(state, tensorflow, device) {
  if (state === 'ready')
    return `Native TensorFlow ${tensorflow} for the ${device?.toUpperCase()} is in place.`;
  return 'Native TensorFlow is not in place: MODA runs on TensorFlow.js with WASM, which is much slower.';
}

/** @param {{ code: string, reason: string, remedy: string }} problem */
function tell({ code, reason, remedy }) {
  process.stderr.write(`${code}: ${reason} ${remedy}\n`);
}

process.exitCode = await main(process.argv.slice(2));
