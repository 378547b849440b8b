import { isModaError, ModaError } from '@moda/contracts';

/** Reads something out of a file's bytes; a complaint about them begins with the file's name. */
export function nameTheFile<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!isModaError(error) || error.message.includes(path)) throw error;
    throw new ModaError(error.code, `${path}: ${error.message}`, { ...error.details, path });
  }
}
