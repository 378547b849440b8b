/** Where the arithmetic runs. */
export type Device = 'cpu' | 'gpu';

/** What a caller may ask for: `auto` takes the GPU where an NVIDIA driver is present. */
export type DeviceWish = Device | 'auto';

/** Why native TensorFlow is not in place. Codes are stable; each has its sentence and its remedy. */
export type NativeFailureCode =
  | 'NATIVE_ADDON_MISSING'
  | 'NATIVE_CACHE_UNWRITABLE'
  | 'NATIVE_CHECKSUM'
  | 'NATIVE_COMPILE_FAILED'
  | 'NATIVE_COMPILER_MISSING'
  | 'NATIVE_DEVICE_UNKNOWN'
  | 'NATIVE_DISK_FULL'
  | 'NATIVE_DOWNLOAD_FAILED'
  | 'NATIVE_DRIVER_INCOMPLETE'
  | 'NATIVE_GPU_UNSUPPORTED'
  | 'NATIVE_GPU_UNUSED'
  | 'NATIVE_HEADERS_MISSING'
  | 'NATIVE_INTERRUPTED'
  | 'NATIVE_LIBRARIES_MISSING'
  | 'NATIVE_LOAD_FAILED'
  | 'NATIVE_NETWORK'
  | 'NATIVE_NOT_INSTALLED'
  | 'NATIVE_OUTDATED'
  | 'NATIVE_PACKAGE_MISSING'
  | 'NATIVE_PIP_MISSING'
  | 'NATIVE_PLATFORM_UNSUPPORTED'
  | 'NATIVE_UNEXPECTED'
  | 'NATIVE_WHEEL_CORRUPT'
  | 'NATIVE_WHEEL_UNAVAILABLE';

/** A fact and the way on, each one sentence. */
export interface NativeProblem {
  readonly code: NativeFailureCode;
  readonly reason: string;
  readonly remedy: string;
}

/** The outcome of an installation. `fallback` means: run on TensorFlow.js's WASM backend. */
export interface NativeState {
  readonly state: 'ready' | 'fallback';
  /** The device whose libraries are linked; on a fallback, the device that was wanted. */
  readonly device: Device;
  /** Version of the native TensorFlow, `null` on a fallback. */
  readonly tensorflow: string | null;
  /** Why this is a fallback. */
  readonly code?: NativeFailureCode;
  readonly reason?: string;
  readonly remedy?: string;
  /** Things that are worse than they could be although the state is `ready`, e.g. a GPU that could not be used. */
  readonly warnings: readonly NativeProblem[];
  /** False where everything was in place and nothing was done. */
  readonly changed: boolean;
}

/** What stands in `node_modules/.moda/native.json`, for the runtime and `moda doctor`. Times are RFC 3339, UTC. */
export interface NativeRecord {
  readonly schema: 1;
  readonly state: 'ready' | 'fallback';
  readonly device: Device;
  readonly tensorflow: string | null;
  readonly code?: NativeFailureCode;
  readonly reason?: string;
  readonly remedy?: string;
  readonly warnings: readonly NativeProblem[];
  /** Identifies pinned wheels, package version and build recipe; an installation with another key is outdated. */
  readonly key: string;
  /** Folder with the native libraries, `null` on a fallback. */
  readonly libraries: string | null;
  /** sha256 of the linked addon, `null` on a fallback. */
  readonly addonSha256: string | null;
  /** Node version that ran the check. */
  readonly node: string;
  readonly recordedAt: string;
}

/** One step of work that shows how far it is. Amounts are bytes. */
export interface ProgressStep {
  set(doneBytes: number): void;
  end(note?: string): void;
}

/** Where progress is shown. */
export interface Progress {
  step(label: string, totalBytes?: number): ProgressStep;
  note(line: string): void;
}

/** One wheel of the package index, fixed to the byte. */
export interface PinnedWheel {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  /** pip's platform tag, e.g. `manylinux_2_27_x86_64`. */
  readonly platform: string;
  readonly sizeBytes: number;
  /** Size on disk of what is taken from it. */
  readonly unpackedBytes: number;
  /** Folder inside the wheel that becomes the folder of the same name in the layout, e.g. `nvidia/cublas`. */
  readonly part: string;
  /** Paths in the wheel that begin with one of these are taken, nothing else. */
  readonly take: readonly string[];
  /** Paths that must be among them. */
  readonly require: readonly string[];
}

/** The wheels of one device on one architecture. */
export interface PinnedSet {
  readonly tensorflow: string;
  readonly wheels: readonly PinnedWheel[];
}

/** Pinned wheels by Node's name of the architecture. */
export type Pins = Readonly<Record<string, { readonly cpu: PinnedSet; readonly gpu?: PinnedSet }>>;

/** Everything has a default that fits a normal installation; the rest is for other layouts and for tests. */
export interface NativeOptions {
  /** Default: `MODA_DEVICE`, else `auto`. */
  readonly device?: DeviceWish;
  /** Default: `MODA_CACHE`, else `$XDG_CACHE_HOME/moda`, else `~/.cache/moda`. */
  readonly cacheDir?: string;
  /** Folder of `@tensorflow/tfjs-node-gpu`. Default: where Node finds it from this package. */
  readonly packageDir?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly pins?: Pins;
  readonly platform?: NodeJS.Platform;
  readonly arch?: string;
  /** Version of the C library, `null` where it is not glibc. */
  readonly glibc?: string | null;
  /** Root of the file system in which an NVIDIA driver is looked for. */
  readonly systemRoot?: string;
}

export interface InstallOptions extends NativeOptions {
  readonly progress?: Progress;
  /** Stops the work; the outcome is then `fallback` with `NATIVE_INTERRUPTED`, and nothing is recorded. */
  readonly signal?: AbortSignal;
  /** Free bytes of the file system that holds a folder. */
  readonly freeBytes?: (folder: string) => Promise<number>;
}

/** A look at the installation, without any change. */
export interface NativeInspection {
  readonly state: 'ready' | 'fallback' | 'absent';
  /** Device of the installation, `null` where there is none. */
  readonly device: Device | null;
  /** Device that would be chosen now. */
  readonly wantedDevice: Device;
  readonly tensorflow: string | null;
  /** Version of `@tensorflow/tfjs-node-gpu`, `null` where it is not installed. */
  readonly packageVersion: string | null;
  readonly packageDir: string | null;
  readonly driver: {
    readonly present: boolean;
    /** Version of the kernel module, `null` where unknown. */
    readonly version: string | null;
    /** Path of the driver's user-space library, `null` where not found. */
    readonly libcuda: string | null;
  };
  /** The CUDA wheels that belong to the installation, name to version; empty for the CPU. */
  readonly cuda: Readonly<Record<string, string>>;
  readonly libraries: { readonly path: string; readonly sizeBytes: number } | null;
  readonly cache: { readonly path: string; readonly freeBytes: number };
  readonly record: NativeRecord | null;
  /** What is wrong, worst first; empty where all is well. */
  readonly problems: readonly NativeProblem[];
  /** The command that mends what can be mended by installing again. */
  readonly command: string;
}

/** Puts native TensorFlow under `@tensorflow/tfjs-node-gpu`. Never rejects: what goes wrong is the outcome. */
export function installNativeTensorflow(options?: InstallOptions): Promise<NativeState>;

/** Says how things stand, without changing anything. */
export function inspectNativeTensorflow(options?: NativeOptions): Promise<NativeInspection>;

/** A bar on a terminal, plain lines otherwise, nothing when quiet. */
export function createProgress(options?: {
  stream?: { isTTY?: boolean; columns?: number; write(text: string): unknown };
  quiet?: boolean;
  now?: () => number;
}): Progress;

/** Every failure code with its meaning. */
export const nativeFailureCodes: Readonly<Record<NativeFailureCode, string>>;
