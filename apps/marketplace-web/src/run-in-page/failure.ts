/** Why a part of the page has nothing to show. */
export interface Failure {
  /** Stable, for programs. */
  readonly code: string;
  /** One sentence: the fact and the way on. */
  readonly message: string;
  readonly traceId: string | undefined;
}

/** What was thrown, as far as it explains itself. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { code: 'UNEXPECTED', message: String(error), traceId: undefined };
  const { code, traceId } = error as { code?: unknown; traceId?: unknown };
  return {
    code: typeof code === 'string' ? code : 'UNEXPECTED',
    message: error.message,
    traceId: typeof traceId === 'string' ? traceId : undefined,
  };
}
