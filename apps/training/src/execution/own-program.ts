import { join } from 'node:path';

/** The program of the workers of this package. */
export const ownProgram = join(import.meta.dirname, '..', '..', 'bin', 'moda-training-worker.mjs');
