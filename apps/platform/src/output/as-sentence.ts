import { isModaError } from '@moda/contracts';

const ofTheDisk: Readonly<Record<string, string>> = {
  ENOSPC: 'has no space left; make room there, or set MODA_HOME to a folder on another disk.',
  EDQUOT: 'has no space left for you; make room there, or set MODA_HOME to a folder on another disk.',
  EROFS: 'cannot be written to; set MODA_HOME to a folder that can.',
  EACCES: 'may not be written to; set MODA_HOME to a folder that you own.',
  EPERM: 'may not be written to; set MODA_HOME to a folder that you own.',
  ENOTDIR: 'lies below a file; set MODA_HOME to another folder.',
  EEXIST: 'is a file; set MODA_HOME to another folder.',
};

/** What went wrong, for the person at the terminal: a stack only where nobody foresaw it. */
export function asSentence(error: unknown): string {
  if (isModaError(error)) return error.message;
  const { code, path, stack } = error as NodeJS.ErrnoException;
  const fact = code === undefined ? undefined : ofTheDisk[code];
  if (fact !== undefined) return `${path ?? 'The disk'} ${fact}`;
  return stack ?? String(error);
}
