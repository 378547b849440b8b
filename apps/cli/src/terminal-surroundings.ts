import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { homedir } from 'node:os';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { configFolder } from './login/config-folder.js';
import { readSecret } from './login/read-secret.js';
import { exitCodes } from './exit-codes.js';
import type { Machine, Surroundings } from './surroundings.js';

/** A program that is asked for its version should answer in a moment. */
const askTimeoutMs = 10_000;

/** The process, its terminal and the machine it runs on. TensorFlow and the verbs are loaded when they are asked for. */
export function terminalSurroundings(): Surroundings {
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    version: readVersion(),
    debug: isOn(process.env['MODA_DEBUG']),
    now: () => performance.now(),
    loadExperiments: () => import('@moda/experiments'),
    loadLibrary: () => import('@moda/module-library'),
    openBackend: async () => (await import('@moda/tensor-backend')).openTensorBackend(),
    onInterrupt: listenForSignals,
    machine: thisMachine(),
  };
}

/** The first signal asks for an orderly end, the second one ends at once. */
function listenForSignals(listener: () => void): () => void {
  let asked = false;
  const onSignal = (): void => {
    if (asked) process.exit(exitCodes.interrupted);
    asked = true;
    listener();
  };
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  return () => {
    for (const signal of signals) process.off(signal, onSignal);
  };
}

function thisMachine(): Machine {
  return {
    nodeVersion: process.versions.node,
    folder: process.cwd(),
    home: process.env['MODA_HOME'] || '.moda',
    preferred: { compiler: process.env['CXX'], python: process.env['MODA_PYTHON'] },
    registry: {
      address: process.env['MODA_REGISTRY'] || undefined,
      keys: {
        MODA_SIGNING_KEY: process.env['MODA_SIGNING_KEY'],
        MODA_TRUSTED_KEYS: process.env['MODA_TRUSTED_KEYS'],
        MODA_ALLOW_UNSIGNED: process.env['MODA_ALLOW_UNSIGNED'],
      },
      ci: isOn(process.env['CI']),
    },
    gateway: {
      address: process.env['MODA_GATEWAY'] || undefined,
      token: process.env['MODA_TOKEN'] || undefined,
      configFolder: configFolder(process.env, homedir()),
      readSecret,
      interactive: process.stdin.isTTY,
    },
    ask: async (program, args) => {
      try {
        const { stdout, stderr } = await promisify(execFile)(program, [...args], { timeout: askTimeoutMs });
        return stdout || stderr;
      } catch {
        return undefined;
      }
    },
    freeBytes: async (folder) => {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    },
    inspectNative: async () => (await import('@moda/native-tensorflow')).inspectNativeTensorflow(),
  };
}

function readVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return version;
}

function isOn(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0';
}
