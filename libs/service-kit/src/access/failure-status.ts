import type { ErrorCode } from '@moda/contracts';

const statuses: Partial<Record<ErrorCode, number>> = {
  ACCESS_UNAVAILABLE: 503,
  FORBIDDEN: 403,
  TOKEN_EXPIRED: 401,
  TOKEN_REVOKED: 401,
  UNAUTHENTICATED: 401,
};

/** The status of HTTP for a failure of access, undefined for all others. */
export function accessStatus(code: string): number | undefined {
  return Object.hasOwn(statuses, code) ? statuses[code as ErrorCode] : undefined;
}
