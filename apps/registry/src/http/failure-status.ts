import type { ErrorCode } from '@moda/contracts';

const statuses: Partial<Record<ErrorCode, number>> = {
  BLOB_DIGEST_MISMATCH: 422,
  BLOB_NOT_FOUND: 404,
  BLOB_STORE_FULL: 507,
  BLOB_STORE_REFUSED: 503,
  BLOB_STORE_UNREACHABLE: 503,
  COMPOSITION_UNKNOWN: 404,
  DATABASE_UNREACHABLE: 503,
  DRAFT_UNKNOWN: 404,
  URL_EXPIRED: 403,
  URL_SIGNATURE_WRONG: 403,
};

/** The status of HTTP that comes nearest to a failure; its code says it exactly. */
export function failureStatus(code: ErrorCode): number {
  return statuses[code] ?? 400;
}
