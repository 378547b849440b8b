import { isModaError, ModaError } from '@moda/contracts';

/** What is said of a database: `the database in <folder>`, `the database at <host>:<port>`. */
export type DatabaseName = string;

/** Errors of the network, of PostgreSQL's own end (57), of its connections (08), and of a machine without room or working disk (53, 58). */
const unreachableCodes =
  /^(?:ECONNREFUSED|ECONNRESET|ECONNABORTED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|08...|57P..|53...|58...)$/;

/** Password, database or rights. */
const refusedCodes = /^(?:28...|3D000|42501)$/;

/** Errors without a code: the driver lost its connection, or the embedded database broke down. */
const unreachableMessages =
  /connection terminated|timeout exceeded when trying to connect|client was closed|pglite is closed|pglite failed/i;

/** An error that a person can act on, in place of what the driver threw; a mistake of this program stays what it is. */
export function describeFailure(error: unknown, database: DatabaseName): unknown {
  if (isModaError(error)) return error;
  for (const cause of causesOf(error)) {
    const code = codeOf(cause);
    if (refusedCodes.test(code))
      return new ModaError(
        'DATABASE_REFUSED',
        `${capitalised(database)} refuses this program (${cause.message}); check user, password and database of DATABASE_URL.`,
        { database, code },
      );
    if (unreachableCodes.test(code) || unreachableMessages.test(cause.message) || isBreakdown(cause))
      return new ModaError(
        'DATABASE_UNREACHABLE',
        `${capitalised(database)} does not answer (${cause.message || code}); see that it runs and has room on its disk, then try again.`,
        { database, ...(code === '' ? {} : { code }) },
      );
  }
  return error;
}

/** A transaction that lost against another and was undone as a whole. */
export function collided(error: unknown): boolean {
  return causesOf(error).some((cause) => ['40001', '40P01'].includes(codeOf(cause)));
}

function causesOf(error: unknown): readonly Error[] {
  const causes: Error[] = [];
  for (let cause = error; cause instanceof Error && causes.length < 5; cause = cause.cause) {
    causes.push(cause);
    if (cause instanceof AggregateError) causes.push(...cause.errors.filter((each) => each instanceof Error));
  }
  return causes;
}

const codeOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : '';

/** The embedded database is a WebAssembly program, which ends with such an error and never answers again. */
const isBreakdown = (error: Error): boolean => ['RuntimeError', 'ExitStatus'].includes(error.name);

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
