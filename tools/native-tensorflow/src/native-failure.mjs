/** @typedef {import('./index.d.mts').NativeFailureCode} NativeFailureCode */
/** @typedef {import('./index.d.mts').NativeProblem} NativeProblem */

/**
 * Every failure code with its meaning. Codes are added, never renamed: scripts match on them.
 * @type {Readonly<Record<NativeFailureCode, string>>}
 */
export const nativeFailureCodes = {
  NATIVE_ADDON_MISSING: 'The compiled addon is not where the package looks for it, or is another one.',
  NATIVE_CACHE_UNWRITABLE: 'The cache folder or the packages folder cannot be written.',
  NATIVE_CHECKSUM: 'A downloaded wheel is not the pinned one.',
  NATIVE_COMPILE_FAILED: 'The addon did not compile.',
  NATIVE_COMPILER_MISSING: 'No C++ compiler was found.',
  NATIVE_DEVICE_UNKNOWN: 'The wanted device is neither cpu, gpu nor auto.',
  NATIVE_DISK_FULL: 'There is not enough free disk space.',
  NATIVE_DOWNLOAD_FAILED: 'pip failed for a reason of its own.',
  NATIVE_DRIVER_INCOMPLETE: 'The NVIDIA kernel driver is there, its user-space library is not.',
  NATIVE_GPU_UNSUPPORTED: 'There is no TensorFlow for a GPU on this architecture.',
  NATIVE_GPU_UNUSED: 'The GPU libraries are in place, yet TensorFlow found no GPU it can use.',
  NATIVE_HEADERS_MISSING: 'The Node-API headers are not installed.',
  NATIVE_INTERRUPTED: 'The installation was stopped.',
  NATIVE_LIBRARIES_MISSING: 'The native libraries are gone or damaged.',
  NATIVE_LOAD_FAILED: 'The addon does not load or computes wrongly.',
  NATIVE_NETWORK: 'The package index could not be reached.',
  NATIVE_NOT_INSTALLED: 'Native TensorFlow was never installed here.',
  NATIVE_OUTDATED: 'The installation belongs to other pinned versions or to another device.',
  NATIVE_PACKAGE_MISSING: 'The npm package @tensorflow/tfjs-node-gpu is not installed.',
  NATIVE_PIP_MISSING: 'No Python with pip was found.',
  NATIVE_PLATFORM_UNSUPPORTED:
    'There is no native TensorFlow for this operating system, C library or architecture.',
  NATIVE_UNEXPECTED: 'Something failed that should not; the message says what.',
  NATIVE_WHEEL_CORRUPT: 'A downloaded wheel cannot be unpacked.',
  NATIVE_WHEEL_UNAVAILABLE: 'The package index does not offer a pinned wheel.',
};

/** A reason, expected in the wild, why native TensorFlow cannot be put in place: one sentence, and one for the remedy. */
export class NativeFailure extends Error {
  /**
   * @param {NativeFailureCode} code
   * @param {string} reason
   * @param {string} remedy
   */
  constructor(code, reason, remedy) {
    super(reason);
    this.name = 'NativeFailure';
    this.code = code;
    this.remedy = remedy;
  }

  /** @returns {NativeProblem} */
  toProblem() {
    return { code: this.code, reason: this.message, remedy: this.remedy };
  }
}

/**
 * Any error as a NativeFailure; what the operating system says about disks and rights gets its own sentence.
 * @param {unknown} error
 * @returns {NativeFailure}
 */
export function asNativeFailure(error) {
  if (error instanceof NativeFailure) return error;
  const { code, path, message } = /** @type {{ code?: string, path?: string, message?: string }} */ (
    error instanceof Error ? error : { message: String(error) }
  );
  const place = path ? ` at ${path}` : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new NativeFailure(
      'NATIVE_DISK_FULL',
      `The disk became full${place}.`,
      'Free some space, or name another folder in MODA_CACHE, and run the installation again.',
    );
  }
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
    return new NativeFailure(
      'NATIVE_CACHE_UNWRITABLE',
      `This user may not write${place}.`,
      'Name a writable folder in MODA_CACHE, or correct the rights, and run the installation again.',
    );
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return new NativeFailure(
      'NATIVE_CACHE_UNWRITABLE',
      `No folder can be made${place}, since a file is in its way.`,
      'Name another folder in MODA_CACHE, or remove the file, and run the installation again.',
    );
  }
  if (code === 'ABORT_ERR' || (error instanceof Error && error.name === 'AbortError')) {
    return new NativeFailure(
      'NATIVE_INTERRUPTED',
      'The installation was stopped.',
      'Run it again; it goes on where it was.',
    );
  }
  return new NativeFailure(
    'NATIVE_UNEXPECTED',
    `The installation failed in an unforeseen way: ${message ?? 'unknown error'}.`,
    'Run it again, and report this sentence if it comes back.',
  );
}
