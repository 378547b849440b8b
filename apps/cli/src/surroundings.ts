import type { KeyringEnvironment } from '@moda/module-library';
import type { NativeInspection } from '@moda/native-tensorflow';
import type { TensorBackend } from '@moda/tensor-backend';

/** Where text goes: a terminal, a pipe, or a string in a test. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** The verbs behind the commands, and the writer of their tables. */
export type Experiments = Pick<
  typeof import('@moda/experiments'),
  | 'analyzeModel'
  | 'benchStep'
  | 'composeModel'
  | 'csv'
  | 'decomposeModel'
  | 'estimateTraining'
  | 'evaluateModel'
  | 'exportModel'
  | 'firstExperimentPlan'
  | 'importModel'
  | 'lossesOfFile'
  | 'predictFile'
  | 'readPlan'
  | 'readReport'
  | 'replaceClass'
  | 'runFirstExperiment'
  | 'summaryTables'
  | 'sweepTau'
  | 'trainModel'
  | 'writeReport'
>;

/** Publishing, pulling, keys: all that speaks with a registry. */
export type Library = typeof import('@moda/module-library');

/** What the environment says about registries. */
export interface RegistrySettings {
  /** `MODA_REGISTRY`: the address where none is given. */
  readonly address?: string | undefined;
  readonly keys: KeyringEnvironment;
  /** A test machine, whose pulls are no use. */
  readonly ci: boolean;
}

/** What the environment says about the gateway, and where a login is kept. */
export interface GatewaySettings {
  /** `MODA_GATEWAY`: the address where none is given. */
  readonly address?: string | undefined;
  /** `MODA_TOKEN`: who is asking, without a login. */
  readonly token?: string | undefined;
  /** Of the user: `MODA_CONFIG`, or `moda` in the place where configuration is kept. */
  readonly configFolder: string;
  /** Asks for a line that is not shown; on a pipe, all that comes. Undefined where nothing is to be had. */
  readonly readSecret: (question: string) => Promise<string | undefined>;
  /** Whether a person sits there who can be asked. */
  readonly interactive: boolean;
}

/** What a machine answers about itself, for `moda doctor`. */
export interface Machine {
  readonly nodeVersion: string;
  /** Output of a program, undefined where it cannot be run or fails. */
  readonly ask: (program: string, args: readonly string[]) => Promise<string | undefined>;
  /** Free bytes of the file system that holds a folder. */
  readonly freeBytes: (folder: string) => Promise<number>;
  readonly folder: string;
  /** Where the program keeps what nobody gave a place: `MODA_HOME`, by default `.moda`. */
  readonly home: string;
  /** A C++ compiler and a Python that the user prefers. */
  readonly preferred: { readonly compiler?: string | undefined; readonly python?: string | undefined };
  readonly inspectNative: () => Promise<NativeInspection>;
  readonly registry: RegistrySettings;
  readonly gateway: GatewaySettings;
}

/** All that comes from outside into the command line: everything a test has to replace. */
export interface Surroundings {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly version: string;
  /** Show the stack of unexpected errors. */
  readonly debug: boolean;
  /** Milliseconds that only ever grow. */
  readonly now: () => number;
  /** Loaded when a command runs, so that help and wrong usage answer at once. */
  readonly loadExperiments: () => Promise<Experiments>;
  /** The same for what speaks with a registry, which loads no TensorFlow. */
  readonly loadLibrary: () => Promise<Library>;
  readonly openBackend: () => Promise<TensorBackend>;
  /** Calls back when the person wants to stop; returns how to stop listening. */
  readonly onInterrupt: (listener: () => void) => () => void;
  readonly machine: Machine;
}
