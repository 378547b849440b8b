import { ModaError } from '@moda/contracts';

/** Nothing answers. */
export function unreachable(address: string, error: unknown): ModaError {
  const reason = reasonOf(error);
  // A closed port is the usual case and needs no word of the system.
  const said = ['', 'ECONNREFUSED'].includes(reason) ? '' : ` (${reason})`;
  return new ModaError(
    'GATEWAY_UNREACHABLE',
    `Nothing answers at ${address}${said}; start it with \`npm start\`, or name another with --gateway.`,
    { address, reason },
  );
}

/** Something answers, but not as a gateway does. */
export function invalidAnswer(address: string, fact: string): ModaError {
  return new ModaError(
    'GATEWAY_ANSWER_INVALID',
    `What answers at ${address} is no gateway that this version understands: ${fact}; name another with --gateway.`,
    { address },
  );
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return '';
  if (cause.name === 'TimeoutError') return 'no answer in time';
  if ('code' in cause && typeof cause.code === 'string') return cause.code;
  // Several addresses were tried, each in vain.
  const first: unknown = cause instanceof AggregateError ? cause.errors[0] : undefined;
  return first instanceof Error ? reasonOf(first) : cause.message;
}
