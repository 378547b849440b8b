import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NativeInspection } from '@moda/native-tensorflow';
import type { DeviceReport, TensorBackend } from '@moda/tensor-backend';
import { main } from '../main.js';
import type { Experiments, Library, Surroundings } from '../surroundings.js';

/** What one command line came to. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A fake verb: gets what the command line made of the options. */
type Verb = (options: Record<string, unknown>, context: Parameters<Experiments['trainModel']>[1]) => unknown;

export interface Fakes {
  readonly verbs?: Partial<Record<keyof Experiments, Verb>>;
  /** Replaces parts of the library. */
  readonly library?: Partial<Library>;
  readonly surroundings?: Partial<Surroundings>;
}

export const nativeDevice: DeviceReport = {
  implementation: 'native',
  tfjsBackend: 'tensorflow',
  kind: 'cpu',
  name: 'Test CPU',
  threads: 2,
  tensorflowVersion: '2.21.0',
};

export const readyInspection: NativeInspection = {
  state: 'ready',
  device: 'cpu',
  wantedDevice: 'cpu',
  tensorflow: '2.21.0',
  packageVersion: '4.22.0',
  packageDir: 'node_modules/@tensorflow/tfjs-node-gpu',
  driver: { present: false, version: null, libcuda: null },
  cuda: {},
  libraries: { path: 'cache/libraries', sizeBytes: 800_000_000 },
  cache: { path: 'cache', freeBytes: 50 * 2 ** 30 },
  record: null,
  problems: [],
  command: 'npm run setup',
};

/** A backend of which only the report is looked at. */
export function backendOn(device: DeviceReport): TensorBackend {
  return { device } as TensorBackend;
}

/** Runs `moda` with fakes for everything outside, and collects what it wrote. */
export async function moda(
  argv: readonly string[],
  { verbs = {}, library = {}, surroundings = {} }: Fakes = {},
): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await main(argv, {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    version: '1.2.3',
    debug: false,
    now: () => 0,
    loadExperiments: async () => ({ csv: joined, ...verbs }) as unknown as Experiments,
    loadLibrary: async () => ({ ...(await import('@moda/module-library')), ...library }),
    openBackend: async () => backendOn(nativeDevice),
    onInterrupt: () => () => undefined,
    machine: {
      nodeVersion: '22.4.0',
      folder: '.',
      home: '.moda',
      preferred: {},
      ask: async (program) => `${program} 1.0`,
      freeBytes: async () => 100 * 2 ** 30,
      inspectNative: async () => readyInspection,
      registry: { keys: {}, ci: true },
      gateway: {
        configFolder: join(tmpdir(), 'moda-of-nobody'),
        readSecret: async () => undefined,
        interactive: false,
      },
    },
    ...surroundings,
  });
  return { code, out, err };
}

/** Enough of a CSV writer to see which rows reach the real one. */
function joined(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((row) => `${row.join(',')}\n`).join('');
}
