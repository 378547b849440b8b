import { type ErrorCode, isModaError, type ModaError } from '@moda/contracts';

/** A failure that was to be expected: what the caller gets instead of an answer, with the way on. */
export interface Problem {
  readonly kind: 'problem';
  /** Stable, for programs. */
  readonly code: ErrorCode;
  /** One sentence for people: the fact and the way on. */
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
  /** What was most likely meant, where a name is not known. */
  readonly nearest?: string;
}

export function problem(
  code: ErrorCode,
  message: string,
  more: Pick<Problem, 'details' | 'nearest'> = {},
): Problem {
  return { kind: 'problem', code, message, ...more };
}

export function isProblem(outcome: object): outcome is Problem {
  return 'kind' in outcome && outcome.kind === 'problem';
}

/** What the work gives, or the problem that its input has. Outages and bugs are thrown on. */
export async function orProblem<T>(work: () => T | Promise<T>): Promise<T | Problem> {
  try {
    return await work();
  } catch (error) {
    if (isModaError(error) && !isOutage(error)) return problem(error.code, error.message, error);
    throw error;
  }
}

/** Nobody who asks can mend these. */
function isOutage({ code }: ModaError): boolean {
  return code.startsWith('DATABASE_') || code.startsWith('BLOB_STORE_') || code === 'UNEXPECTED';
}
